import type { Check, Hop } from '../../preload/contract/examination.ts';
import type { Question } from './updates.ts';

/* What the desktop says of an examination: the first hop that fails, what to do, then each hop in its order. */

/** A message box does not scroll: with many accounts only what fails is listed in full. */
const longestList = 30;

const marks = { pass: '✓', fail: '✗', 'not-tried': '–' } as const;

const hopWords: Readonly<Record<Hop, string>> = {
  node: 'Program',
  'data-dir': 'Data folder',
  clock: 'Clock',
  keychain: 'Keychain',
  dns: 'Name of the service',
  tls: 'Encryption',
  oauth: 'App key',
  session: 'Signing in',
  account: 'Account',
  registration: 'Callback',
  listener: 'Listener',
  tunnel: 'Way in',
  'public-probe': 'Public URL',
  'port-rule': 'Port',
  queue: 'Queue',
};

function line({ hop, account, outcome, reason }: Check): string {
  return `${marks[outcome]} ${hopWords[hop]}${account === null ? '' : ` of ${account}`}: ${reason}`;
}

function list(checks: readonly Check[]): readonly string[] {
  if (checks.length <= longestList) return checks.map(line);
  const told = checks.filter(({ outcome }) => outcome === 'fail').slice(0, longestList);
  return [...told.map(line), `… and ${checks.length - told.length} others.`];
}

/** The question that ends a check. Yes tries everything anew. */
export function checkupQuestion(checks: readonly Check[]): Question {
  const first = checks.find(({ outcome }) => outcome === 'fail');
  const help = first?.fix ?? null;
  return {
    message: first ? `The first that fails: ${hopWords[first.hop]}. ${first.reason}` : 'Nothing fails.',
    detail: [...(help === null ? [] : [help, '']), ...list(checks)].join('\n'),
    yes: 'Try everything again',
    no: 'Close',
  };
}
