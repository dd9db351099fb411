import fc from 'fast-check';
import { z } from 'zod';
import { type MethodName, methods } from '../../preload/contract/methods.ts';

/* Inputs that fit a method's schema, made from the schema itself, so that a new method is walked without being named. */

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

/** One of these fits each pattern of the contract. */
const shapes: readonly fc.Arbitrary<string>[] = [
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/),
  fc.constantFrom('00:00', '09:30', '23:59'),
  fc.webUrl().map((url) => url.slice(0, 80)),
  fc.stringMatching(/^\/[a-z/]{1,40}$/),
];

function textsOf(pattern: string): fc.Arbitrary<string> {
  const wanted = new RegExp(pattern, 'u');
  const fitting = shapes.filter((shape) => fc.sample(shape, 20).every((text) => wanted.test(text)));
  if (fitting.length === 0) throw new Error(`No shape of text here fits ${pattern}: add one.`);
  return fc.oneof(...fitting);
}

function texts({ pattern, format, minLength = 0, maxLength = 64 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
      .map((date) => date.toISOString());
  const bounds = { minLength, maxLength: Math.min(maxLength, 80) };
  if (pattern === undefined) return fc.string({ ...bounds, unit: 'grapheme-ascii' });
  return textsOf(pattern);
}

function fromSchema(schema: Schema): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return fc.oneof(...alternatives.map(fromSchema));
  switch (schema.type) {
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1_000, max: Math.min(schema.maximum ?? 1_000, 1_000_000) });
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 100_000, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fromSchema(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 5, 5) });
    case 'object':
      return objects(schema);
    default:
      return fc.anything();
  }
}

function objects({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => [name, fromSchema(schema)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required], noNullPrototype: true });
}

export const methodNames = Object.keys(methods) as MethodName[];

/** What `method` takes; what the schema refuses all the same (by a rule that JSON Schema cannot say) is left out. */
export function fittingInput(method: MethodName): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const { input } = methods[method];
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema;
  return fromSchema(schema)
    .filter((value) => input.safeParse(value).success)
    .map((value) => value as Readonly<Record<string, unknown>>);
}
