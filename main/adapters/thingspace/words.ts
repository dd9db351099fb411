import { z } from 'zod';
import { visible } from '../../core/plain-text.ts';
import type { Secret } from '../../core/secret.ts';
import type { Answer } from './exchange.ts';

/** Who refused, told by the shape of an answer (API notes, 8.1). */
export type Refusal =
  /** ThingSpace's M2M service. */
  | { readonly from: 'service'; readonly code: string; readonly message: string | null }
  /** The gateway in front of it, in JSON or XML. */
  | { readonly from: 'gateway'; readonly code: string | null; readonly message: string | null }
  /** The OAuth token service. */
  | { readonly from: 'oauth'; readonly code: string; readonly message: string | null };

const longestWords = 500;
const shortestSecret = 4;
const scalar = z.union([z.string(), z.number().transform(String)]);
const words = scalar.nullish().catch(null);

const serviceError = z.object({ errorCode: scalar, errorMessage: words });
const gatewayFault = z.object({ fault: z.object({ code: scalar.nullish(), message: words, description: words }) });
const oauthError = z.object({ error: z.string().min(1), error_description: words });

/** Words from outside, fit for one line of a terminal: control and direction characters escaped, and not too long. */
export function shown(text: string, secrets: readonly Secret[]): string {
  let clean = text;
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value.length >= shortestSecret) clean = clean.replaceAll(value, String(secret));
  }
  const cut = clean.length > longestWords ? `${clean.slice(0, longestWords)}…` : clean;
  return visible(cut);
}

function tag(xml: string, name: string): string | null {
  return new RegExp(`<(?:\\w+:)?${name}>([^<]*)</`).exec(xml)?.[1]?.trim() ?? null;
}

function joined(...parts: readonly (string | null | undefined)[]): string | null {
  const present = parts.filter((part) => typeof part === 'string' && part !== '');
  return present.length === 0 ? null : present.join(': ');
}

function fromXml(text: string): Refusal | null {
  if (!/<(?:\w+:)?fault[\s>]/.test(text)) return null;
  return { from: 'gateway', code: tag(text, 'code'), message: joined(tag(text, 'message'), tag(text, 'description')) };
}

function fromJson(value: unknown): Refusal | null {
  const service = serviceError.safeParse(value);
  if (service.success) {
    return { from: 'service', code: service.data.errorCode, message: service.data.errorMessage ?? null };
  }
  const gateway = gatewayFault.safeParse(value);
  if (gateway.success) {
    const { code, message, description } = gateway.data.fault;
    return { from: 'gateway', code: code ?? null, message: joined(message, description) };
  }
  const oauth = oauthError.safeParse(value);
  if (!oauth.success) return null;
  return { from: 'oauth', code: oauth.data.error, message: oauth.data.error_description ?? null };
}

/** The refusal that an answer holds, whatever its status; null when it holds none that is known. */
export function refusalIn(answer: Answer): Refusal | null {
  switch (answer.content.kind) {
    case 'empty':
      return null;
    case 'json':
      return fromJson(answer.content.value);
    case 'other':
      return fromXml(answer.content.text);
  }
}

const classes = new Set(['INPUT_INVALID', 'REQUEST_FAILED', 'REQUEST_ONHOLD', 'REQUEST_CANCELLED']);

/** An errorCode without the service name that it begins with, as Verizon says it is to be compared (API notes, 8.1). */
export function withoutService(code: string): string {
  const [first, ...rest] = code.split('.');
  return rest.length === 0 || first === undefined || classes.has(first) ? code : rest.join('.');
}
