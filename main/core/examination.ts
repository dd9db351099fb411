import { type Check, type Hop, hops } from '../../preload/contract/examination.ts';
import type { ServiceFailure } from './failure.ts';
import { literal } from './literal.ts';
import { checkPublicUrl } from './public-url.ts';
import { problemCodeOf } from './standing.ts';
import type { AccountReal, State } from './state.ts';

/* What an examination says of each hop. Sentences may still name hosts: `withoutHosts` takes them out. */

/** A check before it is known of which account. */
export type Finding = Omit<Check, 'hop' | 'account'>;

export function pass(reason: string): Finding {
  return { outcome: 'pass', code: null, reason, fix: null };
}

export function failed(reason: string, fix: string, code: Check['code'] = null): Finding {
  return { outcome: 'fail', code, reason, fix };
}

export function notTried(reason: string): Finding {
  return { outcome: 'not-tried', code: null, reason, fix: null };
}

/** What the core runs in: `process` says it. */
export interface Runtime {
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly arch: string;
}

const oldestNode = 24;

export function runtimeFinding({ versions, platform, arch }: Runtime): Finding {
  const { node = '', electron } = versions;
  if (Number(node.split('.')[0]) < oldestNode)
    return failed(`Node ${node} is too old.`, `Install Node ${oldestNode} or newer.`);
  const program = electron === undefined ? `Node ${node}` : `Electron ${electron}`;
  return pass(`It runs in ${program} on ${platform} ${arch}.`);
}

/** Clocks further apart than this (ms) are told: searches by time mislead then, and certificates may seem invalid. */
const allowedSkewMs = 120_000;

export function clockFinding(serviceAt: number | null, at: number): Finding {
  if (serviceAt === null) return notTried('The service did not say what time it is.');
  // The service tells whole seconds.
  const aheadMs = at - serviceAt - 500;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) <= allowedSkewMs) return pass('This computer and the service agree on the time.');
  return failed(
    `The clock of this computer is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the service.`,
    'Let the system set the time by itself.',
  );
}

/** What to do about a failure of the service that its own sentence does not say. */
function fixFor(failure: ServiceFailure): string {
  switch (failure.kind) {
    case 'no-credentials':
      return 'Run "thingspace-sms login", or give all four THINGSPACE_ variables.';
    case 'keychain':
      return 'Unlock the keychain, or give all four THINGSPACE_ variables.';
    case 'sign-in-refused':
    case 'sign-in-stopped':
      return 'Compare the credentials with those in ThingSpace. After five refusals it locks the user.';
    case 'refused':
    case 'not-found':
      return 'Check the account name with its leading zeros, and what the API user may see.';
    case 'rate-limited':
      return 'Wait; fewer programs should share this API user.';
    case 'unavailable':
    case 'timeout':
    case 'network':
    case 'unreadable':
    case 'cancelled':
      return 'Try again later.';
  }
}

export function serviceFinding(failure: ServiceFailure): Finding {
  const { status, errorCode } = failure;
  const code = errorCode !== null && /^[\w.:-]{1,80}$/.test(errorCode) ? errorCode : null;
  const words = [status === null ? null : `HTTP ${status}`, code].filter((word) => word !== null).join(', ');
  return failed(`${failure.message}${words === '' ? '' : ` (${words})`}`, fixFor(failure), problemCodeOf(failure));
}

const idle = 'Nothing listens now. Run this while "listen", "serve" or the tray app runs.';

export function listenerFinding({ listener }: State): Finding {
  switch (listener.kind) {
    case 'open':
      return pass(`Port ${listener.port} on this computer is open.`);
    case 'failed':
      return failed(listener.problem.message, 'Give another --port, or end the program that has it.');
    case 'closed':
      return notTried(idle);
  }
}

export function addressFinding({ address }: State): Finding {
  switch (address.kind) {
    case 'up':
      return pass('There is a public URL.');
    case 'failed':
      return failed(address.problem.message, 'Correct the public URL or the tunnel, or use --mode poll.');
    case 'not-configured':
      return notTried('There is neither a public URL nor a tunnel: texts are fetched from the queue.');
    case 'none':
      return notTried(idle);
  }
}

export function proofFinding({ proof, address }: State): Finding {
  switch (proof.kind) {
    case 'proved':
      return pass('A signed nonce came back through the public URL.');
    case 'failed':
      return failed(proof.problem.message, 'Point the public URL at the port of the listener.');
    case 'none':
      return notTried(address.kind === 'up' ? 'It is being tried.' : 'There is no public URL to be tried.');
  }
}

/** `configured`: the public URL of the settings; null where there is none. */
export function portFinding({ address }: State, configured: string | null, loopbackAllowed: boolean): Finding {
  const url = address.kind === 'up' ? address.origin : configured;
  if (url === null) return notTried('There is no public URL.');
  const checked = checkPublicUrl(url, { loopbackAllowed });
  return checked.ok
    ? pass('ThingSpace calls such an address.')
    : failed(checked.error, 'Use https, or http on port 80, on a port that ThingSpace calls and a public host.');
}

/** Of an account that this process listens to; null where the queue has to be looked at. */
export function queueFinding(real: AccountReal | undefined): Finding | null {
  if (!real) return null;
  if (real.trouble.drain) return serviceFinding(real.trouble.drain.failure);
  switch (real.queue.kind) {
    case 'empty':
      return pass('It was proven empty.');
    case 'draining':
      return pass(`It is being fetched: ${real.queue.fetched} so far.`);
    case 'unproven':
      return real.peeked === null ? notTried('It was not looked at yet.') : waiting(real.peeked);
  }
}

/** The history answers at most one block of 100 at a look. */
export function waiting(count: number): Finding {
  if (count === 0) return pass('It is empty.');
  const number = count >= 100 ? 'At least 100 texts wait' : count === 1 ? 'One text waits' : `${count} texts wait`;
  return pass(`${number} in it.`);
}

/** The same for all hops from `from` on, as far as `done` says nothing of them. */
export function rest(done: readonly Check[], reason: string): readonly Check[] {
  return hops
    .filter((hop) => !done.some((check) => check.hop === hop))
    .map((hop): Check => ({ hop, account: null, ...notTried(reason) }));
}

/** With each word replaced wherever a check says it. The longest first: one may be a part of another. */
function replaced(checks: readonly Check[], words: ReadonlyMap<string, string>): readonly Check[] {
  const longestFirst = [...words.keys()].filter((word) => word !== '').sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return checks;
  // In one pass: what stands instead of one word may hold another.
  const any = new RegExp(longestFirst.map(literal).join('|'), 'g');
  const cut = (text: string): string => text.replace(any, (word) => words.get(word) ?? word);
  return checks.map(({ account, reason, fix, ...check }) => ({
    ...check,
    account: account === null ? null : cut(account),
    reason: cut(reason),
    fix: fix === null ? null : cut(fix),
  }));
}

/** In the order of the hops, with each private host replaced wherever it stands. */
export function withoutHosts(checks: readonly Check[], privateHosts: ReadonlyMap<string, string>): readonly Check[] {
  const place = (hop: Hop): number => hops.indexOf(hop);
  return replaced(checks, privateHosts).toSorted((a, b) => place(a.hop) - place(b.hop));
}

/** With accounts numbered as they come, `account 1`: for what is handed on. */
export function withNumbers(checks: readonly Check[]): readonly Check[] {
  const names = [...new Set(checks.flatMap(({ account }) => account ?? []))];
  return replaced(checks, new Map(names.map((name, index) => [name, `account ${index + 1}`])));
}
