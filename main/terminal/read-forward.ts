import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type ForwardFormat, forwardFormat } from '../../preload/contract/forward.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { forwardRefusal } from '../core/forward-target.ts';
import { isPrivateHost } from '../core/public-url.ts';
import type { CommandContext, GivenOptions, RunRequest } from './command.ts';
import type { Terminal } from './io.ts';

type Forward = NonNullable<RunRequest['forward']>;

/** Nothing but what the settings send on. */
export function forwardOfSettings(terminal: Terminal): Forward {
  return {
    rules: [],
    anywhere: false,
    showSecret: (secret) =>
      terminal.say(`Forwarded texts are signed (Standard Webhooks). The secret, shown this once: ${secret.reveal()}`),
  };
}

/** What is sent on in this run. Where it may not go is refused here, before anything is sent. */
export async function readForward({ options, terminal }: CommandContext): Promise<Result<Forward, string>> {
  const format = readForwardFormat(options);
  if (!format.ok) return format;
  const anywhere = options.has('forward-anywhere');
  const urls = [...new Set(options.texts('forward-to'))];
  for (const url of urls) {
    const refusal = await targetRefusal(url, anywhere);
    if (refusal !== null) return fail(refusal);
  }
  const query = options.text('query') ?? '';
  const rules = urls.map((url) => ({ url, query, format: format.value }));
  return ok({ ...forwardOfSettings(terminal), rules, anywhere });
}

/** Why texts may not go to a URL. Where only the addresses of its name tell, they are looked up; none is none that is near. */
export async function targetRefusal(url: string, anywhere: boolean): Promise<string | null> {
  const refusal = forwardRefusal(url, anywhere);
  const target = URL.parse(url);
  if (refusal !== null || target === null || (anywhere && target.protocol === 'https:')) return refusal;
  const { hostname } = target;
  // A name of this network alone may not be there yet, as in a set of containers that start together.
  if (isIP(hostname) !== 0 || isPrivateHost(hostname)) return null;
  const found = await lookup(hostname, { all: true }).catch(() => []);
  return forwardRefusal(
    url,
    anywhere,
    found.map(({ address }) => address),
  );
}

export function readForwardFormat(options: GivenOptions): Result<ForwardFormat, string> {
  const parsed = forwardFormat.safeParse(options.text('forward-format') ?? 'original');
  return parsed.success
    ? ok(parsed.data)
    : fail(`--forward-format is one of ${forwardFormat.options.join(', ')}, not "${options.text('forward-format')}".`);
}
