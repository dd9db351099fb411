import ky from 'ky';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { type ServiceFailure, serviceFailure } from '../../core/failure.ts';
import type { Clock } from '../../core/ports.ts';
import type { Secret } from '../../core/secret.ts';
import { parseJson } from './json.ts';
import { networkFailure } from './network-failure.ts';

/** One request to the service. */
export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query, from the root of the service. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** What this request carries and no words of the answer may repeat. */
  readonly secrets: readonly Secret[];
}

export type Content =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'other'; readonly text: string };

/** Whatever came back in full, with any status. */
export interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly retryAfter: string | null;
  /** Milliseconds since 1970 by the service's clock; null when it gave no time. */
  readonly date: number | null;
  /** Milliseconds since 1970 by our clock. */
  readonly receivedAt: number;
  readonly content: Content;
  readonly secrets: readonly Secret[];
}

export interface ExchangeOptions {
  /** Scheme, host and port. */
  readonly apiBase: string;
  readonly clock: Clock;
  /** For the whole of a request: connecting, waiting and reading. */
  readonly timeoutMs: number;
  readonly maximumBytes: number;
}

export interface Exchange {
  /** Never rejects, retries or follows a redirect: credentials go to the host they were meant for and no other. */
  ask(question: Question): Promise<Result<Answer, ServiceFailure>>;
  close(): void;
}

const tooLarge = Symbol('too large');

async function readText(response: Response, maximumBytes: number): Promise<string | typeof tooLarge> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maximumBytes) return tooLarge;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function readContent(text: string): Content {
  if (text.trim() === '') return { kind: 'empty' };
  try {
    return { kind: 'json', value: parseJson(text) };
  } catch {
    return { kind: 'other', text };
  }
}

function dateOf(response: Response): number | null {
  const date = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(date) ? null : date;
}

async function fetchAnswer(options: ExchangeOptions, question: Question, signal: AbortSignal) {
  const response = await ky(options.apiBase.replace(/\/+$/, '') + question.path, {
    method: question.method,
    headers: question.headers,
    ...(question.body === null ? {} : { body: question.body }),
    signal,
    retry: 0,
    throwHttpErrors: false,
    redirect: 'manual',
    timeout: false,
  });
  const text = await readText(response, options.maximumBytes);
  if (text === tooLarge) return tooLarge;
  const answer: Answer = {
    status: response.status,
    location: response.headers.get('location'),
    retryAfter: response.headers.get('retry-after'),
    date: dateOf(response),
    receivedAt: options.clock.now(),
    content: readContent(text),
    secrets: question.secrets,
  };
  return answer;
}

function endedFailure(why: 'timeout' | 'cancelled', options: ExchangeOptions): ServiceFailure {
  const seconds = Math.round(options.timeoutMs / 1000);
  return why === 'cancelled'
    ? serviceFailure('cancelled', 'The request to ThingSpace was ended because the app is stopping.')
    : serviceFailure(
        'timeout',
        `${new URL(options.apiBase).host} did not answer in full within ${seconds} s. If this goes on, check the network and ThingSpace's status.`,
      );
}

/** Carries requests to the service at `apiBase` and brings back whole answers. */
export function createExchange(options: ExchangeOptions): Exchange {
  const underWay = new Set<(why: 'timeout' | 'cancelled') => void>();
  let closed = false;

  async function ask(question: Question): Promise<Result<Answer, ServiceFailure>> {
    if (closed) return fail(endedFailure('cancelled', options));
    const controller = new AbortController();
    let ended: 'timeout' | 'cancelled' | null = null;
    const end = (why: 'timeout' | 'cancelled') => {
      ended ??= why;
      controller.abort();
    };
    underWay.add(end);
    const cancelTimeout = options.clock.after(options.timeoutMs, () => end('timeout'));
    try {
      const answer = await fetchAnswer(options, question, controller.signal);
      if (answer !== tooLarge) return ok(answer);
      const megabytes = Math.round(options.maximumBytes / 1_048_576);
      return fail(serviceFailure('unreadable', `ThingSpace's answer is larger than ${megabytes} MB and was not read.`));
    } catch (error) {
      return fail(ended === null ? networkFailure(error, options.apiBase) : endedFailure(ended, options));
    } finally {
      cancelTimeout();
      underWay.delete(end);
      controller.abort();
    }
  }

  return {
    ask,
    close: () => {
      closed = true;
      for (const end of underWay) end('cancelled');
    },
  };
}
