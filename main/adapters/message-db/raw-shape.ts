import type { DeviceId } from '../../../preload/contract/message.ts';

/*
 * Bodies of one service look alike but for the values that the row holds anyway. Such a body is kept as the number of
 * its shape: the body with each known value replaced by a mark. A body is only kept so when rebuilding it gives back
 * every byte.
 */

/** What a row holds of a body. */
export interface ShapeValues {
  readonly text: string;
  readonly deviceIds: readonly DeviceId[];
  readonly platformTime: string | null;
  readonly requestId: string | null;
}

const mark = '\u0001';
const marks = /\u0001(t|p|r|\d+);/; // oxlint-disable-line no-control-regex -- JSON text cannot hold this character
const longestTemplate = 2048;

function valueOf(name: string, values: ShapeValues): string {
  if (name === 't') return values.text;
  if (name === 'p') return values.platformTime ?? '';
  if (name === 'r') return values.requestId ?? '';
  return values.deviceIds[Number(name)]?.id ?? '';
}

/** A template cut at its marks: literal parts, and between them the names of the values. */
export type Shape = readonly string[];

export function cutTemplate(template: string): Shape {
  return template.split(marks);
}

/** The body of a shape with a row's values. */
export function rebuild(shape: Shape, values: ShapeValues): string {
  let body = '';
  for (let index = 0; index < shape.length; index++) {
    const part = shape[index] ?? '';
    body += index % 2 === 0 ? part : JSON.stringify(valueOf(part, values));
  }
  return body;
}

/** The template of a body, or null when the body cannot be rebuilt from one. */
export function templateOf(raw: string, values: ShapeValues): string | null {
  if (raw.includes(mark)) return null;
  const names = ['t', ...values.deviceIds.map((_, index) => String(index))];
  if (values.platformTime !== null) names.push('p');
  if (values.requestId !== null) names.push('r');
  let template = raw;
  for (const name of names) template = template.replace(JSON.stringify(valueOf(name, values)), () => `${mark}${name};`);
  return template.length <= longestTemplate && rebuild(cutTemplate(template), values) === raw ? template : null;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A request id in 16 bytes where it is a UUID as usually written. */
export function packRequestId(requestId: string | null): Buffer | string | null {
  return requestId !== null && uuid.test(requestId) ? Buffer.from(requestId.replaceAll('-', ''), 'hex') : requestId;
}

export function unpackRequestId(packed: Buffer | string | null): string | null {
  if (!(packed instanceof Uint8Array)) return packed;
  return packed.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
