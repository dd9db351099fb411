/* Commands that are sent again and again, with places for what differs: `SET APN {apn}`. */

const placeholder = /\{([A-Za-z][A-Za-z0-9_]{0,31})\}/g;

/** The names in braces, each once, in their order. Braces around anything else are text. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name))];
}

/** The text with each named place filled; one without a value stays as it is written. */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
