/** A number of the service's JSON that a JavaScript number would change; `JSON.stringify` writes it as it came. */
export interface ExactNumber {
  readonly rawJSON: string;
}

declare global {
  interface JSON {
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
    rawJSON(text: string): ExactNumber;
    isRawJSON(value: unknown): value is ExactNumber;
  }
}

/** Parses JSON without losing digits: what a JavaScript number cannot hold becomes an ExactNumber. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? JSON.rawJSON(source) : value,
  );
}

/** An ExactNumber for a text that is a whole number, and the text itself otherwise. */
export function numberIfWhole(text: string): ExactNumber | string {
  return /^(0|[1-9]\d*)$/.test(text) ? JSON.rawJSON(text) : text;
}
