import type { Check } from '../../preload/contract/examination.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import type { AccountView, Problem, Snapshot, TimelineEntry } from '../../preload/contract/snapshot.ts';
import { withNumbers } from './examination.ts';

/*
 * What a person may hand to strangers. It is put together from what is known to be harmless (numbers, times, words of
 * closed lists) and takes no sentence, name, address, identifier or text over: nothing has to be found and cut out.
 */

export const reportFileName = 'thingspace-sms-tray-report.txt';

export interface ReportFacts {
  /** Null: the data folder could not be opened, and this is all that can be told. */
  readonly core: ReportedCore | null;
  /** What an examination found; left out: none was made. */
  readonly checks?: readonly Check[];
  /** Lines of the log, oldest first, as they are in the file. */
  readonly log: readonly string[];
  /** Versions of what runs, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly platform: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What only an opened data folder tells. */
export interface ReportedCore {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  readonly timeline: readonly TimelineEntry[];
}

const hidden = '«hidden»';
/** The names of events in the log, which are written in the code. */
const eventName = /^[a-z]+(-[a-z]+){0,6}$/;
const levels = ['debug', 'info', 'warn', 'error'];
const errorName = /^(?:[A-Z][a-z]+){0,3}Error$/;
const stackFrame =
  /^ {4}at (?:async )?(?:([A-Za-z_$.<>]{1,60}) \()?.*?([a-z-]{1,40}\.(?:ts|js|cjs|mjs)):(\d{1,6}):\d+\)?$/;
const longestLog = 400;

function known(value: string, pattern: RegExp): string {
  return pattern.test(value) ? value : hidden;
}

/** Names become numbers, the same in the whole report. */
function numbering(accounts: readonly AccountView[]): (account: string | null) => string {
  const names = accounts.map(({ name }) => name);
  return (account) => {
    if (account === null) return 'app';
    const at = names.indexOf(account);
    return at === -1 ? 'another account' : `account ${at + 1}`;
  };
}

function problemLine({ code, account, service }: Problem, name: ReturnType<typeof numbering>): string {
  return `  ${code}, ${name(account)}${service?.status ? `, HTTP ${service.status}` : ''}`;
}

function accountLine(account: AccountView, name: ReturnType<typeof numbering>): string {
  const { mode, state, problem, texts, unread, lastTextAt, holder, canStartCallbacks } = account;
  const facts = [
    `mode ${mode}`,
    `state ${state}`,
    `problem ${problem?.code ?? 'none'}`,
    `${texts} texts, ${unread} unread`,
    `last text ${lastTextAt === null ? 'never' : time(lastTextAt)}`,
    `callback ${holder === null ? 'held by nobody known' : 'held'}`,
    `can start callbacks: ${canStartCallbacks}`,
  ];
  return `  ${name(account.name)}: ${facts.join('; ')}`;
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

/** By its shape, not by `Date.parse`: that takes account names for dates. */
function time(text: unknown): string {
  return typeof text === 'string' ? known(text, moment) : hidden;
}

function checkLines(checks: readonly Check[] | undefined): readonly string[] {
  if (checks === undefined) return [];
  const line = ({ hop, account, outcome, code }: Check): string =>
    `  ${hop}${account === null ? '' : `, ${account}`}: ${outcome}${code === null ? '' : `, ${code}`}`;
  return ['hops', ...withNumbers(checks).map(line)];
}

function settingsLines(settings: Settings): readonly string[] {
  const { tunnel, notifications, theme, density, updates, pollIntervalSeconds, listenerPort } = settings;
  return [
    `  tunnel ${tunnel.kind}; notifications ${notifications}; updates ${updates}; ${theme}, ${density}`,
    `  queue every ${pollIntervalSeconds} s; port ${listenerPort === null ? 'any' : 'chosen'}; public URL ${settings.publicUrl === null ? 'none' : 'given'}`,
    `  ${settings.mutes.length} mutes; quiet hours ${settings.quietHours ? 'on' : 'off'}; ${settings.notificationRules.length} rules`,
  ];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Of a stack the kind of error and the places in our code; its message can hold anything. */
function stackLines(stack: string): readonly string[] {
  const [first = '', ...rest] = stack.split('\n');
  const frames = rest.flatMap((line) => {
    const [found, name = '', file = '', row = ''] = stackFrame.exec(line) ?? [];
    return found === undefined ? [] : [`      ${name} ${file}:${row}`];
  });
  return frames.length === 0 ? [] : [`    ${known(first.split(':')[0] ?? '', errorName)}`, ...frames.slice(0, 20)];
}

function logLines(line: string): readonly string[] {
  const entry = parsed(line);
  if (!entry) return [];
  const { time: at, level, event, facts } = entry;
  const name = typeof event === 'string' ? known(event, eventName) : hidden;
  const stacks = isRecord(facts) ? Object.values(facts).filter((value) => typeof value === 'string') : [];
  const loud = levels.find((one) => one === level) ?? hidden;
  return [`  ${time(at)} ${loud} ${name}`, ...stacks.flatMap(stackLines)];
}

function stateLines({ snapshot }: ReportedCore, name: ReturnType<typeof numbering>): readonly string[] {
  const { light, paused, simulated, publicOrigin, provedAt, inbox, accounts } = snapshot;
  return [
    `light ${light}; paused ${paused}; simulated ${simulated}; public URL ${publicOrigin === null ? 'none' : 'there'}; proved ${provedAt === null ? 'never' : time(provedAt)}`,
    `${inbox.total} texts, ${inbox.unread} unread, ${inbox.unverified} unverified`,
    'accounts',
    ...accounts.map((account) => accountLine(account, name)),
    'problems',
    ...snapshot.problems.map((problem) => problemLine(problem, name)),
  ];
}

function historyLines({ settings, timeline }: ReportedCore, name: ReturnType<typeof numbering>): readonly string[] {
  return [
    'settings',
    ...settingsLines(settings),
    'timeline, newest first',
    ...timeline.map((entry) => `  ${time(entry.at)} ${entry.kind}, ${name(entry.account)}`),
  ];
}

/** The report as a text. Nothing in it tells an account, a device, a text, an address or a secret. */
export function problemReport({ core, checks, log, versions, platform, now }: ReportFacts): string {
  const name = numbering(core?.snapshot.accounts ?? []);
  return [
    'ThingSpace SMS Tray: problem report',
    'It holds no account name, device, text, address or secret. Read it before you send it.',
    '',
    `made ${new Date(now).toISOString()} on ${platform}`,
    ...Object.entries(versions).map(([part, version]) => `  ${part} ${version}`),
    '',
    ...(core ? stateLines(core, name) : ['the data folder could not be opened']),
    ...checkLines(checks),
    ...(core ? historyLines(core, name) : []),
    'log',
    ...log.slice(-longestLog).flatMap(logLines),
    '',
  ].join('\n');
}
