import { z } from 'zod';

/* Commands that are sent again and again, with places for what differs: `SET APN {apn}`. */

const placeholder = /\{([A-Za-z][A-Za-z0-9_]{0,31})\}/g;

/** The names in braces, each once, in their order. Braces around anything else are text. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name))];
}

/** Of a place the value; empty where it has none, though its name is one that every object knows, such as `constructor`. */
export function valueOf(values: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(values, name) ? (values[name] ?? '') : '';
}

/** The text with each named place filled; one without a value stays as it is written. */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

export const template = z.object({
  name: z.string().min(1).max(80),
  text: z.string().min(1).max(1000),
});
/** A command under a name. */
export type Template = Readonly<z.infer<typeof template>>;

/** No manufacturer's commands: what a device understands, its manual says. */
export const exampleTemplates: readonly Template[] = [
  { name: 'Status', text: 'STATUS' },
  { name: 'Example with a value', text: 'APN {apn}' },
];
