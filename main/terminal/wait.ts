import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Message } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { momentOf } from '../core/query-time.ts';
import type { Command, CommandContext } from './command.ts';
import { failed } from './failing.ts';
import { exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { localClock } from './local-time.ts';
import { showMessage } from './messages.ts';
import { readNumber } from './read-options.ts';
import { nobodyListens } from './status.ts';

/** Between two looks (milliseconds): another process may be the one that stores. */
const lookEveryMs = 100;

/** `wait`: done when N texts that match have come since it started, or since `--since`. */
export const wait: Command = async (context) => {
  const { options } = context;
  const count = readNumber(options, 'count', { min: 1, whole: true }, 1);
  if (!count.ok) return wrongUsage(context, count.error);
  const timeout = readNumber(options, 'timeout', { min: 0 }, Number.POSITIVE_INFINITY);
  if (!timeout.ok) return wrongUsage(context, timeout.error);
  const since = readSince(context);
  if (!since.ok) return wrongUsage(context, since.error);
  const query = withSince(options.text('query') ?? '', since.value);
  const search: Search = { query, count: count.value, after: since.value === null ? null : 0, found: [] };
  const limit = limitOf(context, timeout.value * 1000);
  const failure = await lookUntilFound(context, search, limit);
  if (failure) return failed(context, failure);
  for (const message of search.found) await showMessage(context, message);
  if (search.found.length >= count.value) return exit.done;
  const came = `${search.found.length} of ${count.value} came.`;
  context.terminal.say(limit.stopped() ? `Stopped: ${came}` : `Time ran out: ${came}`);
  return limit.stopped() ? exit.failed : exit.timeout;
};

function readSince(context: CommandContext): Result<number | null, string> {
  const text = context.options.text('since');
  if (text === null) return ok(null);
  const moment = momentOf(text, localClock(context.now()));
  return moment === null
    ? fail(`--since takes a time such as 2026-11-23T15:00:00Z, or 10m, 2h, 3d, not "${text}".`)
    : ok(moment);
}

function withSince(query: string, since: number | null): string {
  return since === null ? query : `${query} after:${new Date(since).toISOString()}`;
}

/** How long is waited. */
interface Limit {
  /** Milliseconds that are left; 0 when time ran out or stopping was asked for. */
  left(): number;
  stopped(): boolean;
}

function limitOf(context: CommandContext, timeoutMs: number): Limit {
  const deadline = context.now() + timeoutMs;
  let stopped = false;
  void context.terminal.stopAsked.then(() => {
    stopped = true;
  });
  return { left: () => (stopped ? 0 : Math.max(0, deadline - context.now())), stopped: () => stopped };
}

interface Search {
  readonly query: string;
  readonly count: number;
  /** A sequence: texts up to it were looked at, or do not count. Null: what is stored at the first look does not count. */
  after: number | null;
  readonly found: Message[];
}

/** Looks with whoever owns the store, one owner after the other; alone once for each change. Null: it ended well. */
async function lookUntilFound(context: CommandContext, search: Search, limit: Limit): Promise<PublicError | null> {
  let isFirst = true;
  for (;;) {
    const mark = await context.storeMark();
    const session = await context.attach();
    if (!session.ok) return session.error;
    const { bridge, ownerPid } = session.value;
    const looked = await look(context, bridge, search, ownerPid === null ? null : limit);
    await session.value.close();
    // An owner that ends leaves the store to the next.
    if (!looked.ok && looked.error.code !== 'owner-busy') return looked.error;
    if (isFirst && ownerPid === null && search.found.length < search.count && limit.left() > 0)
      context.terminal.say(nobodyListens);
    isFirst = false;
    if (search.found.length >= search.count || !(await changes(context, mark, limit))) return null;
  }
}

/** Whether the store becomes another than it was at `mark` in time. Until then it is left alone, free to whoever wants it. */
async function changes(context: CommandContext, mark: string, limit: Limit): Promise<boolean> {
  for (;;) {
    const left = limit.left();
    if (left === 0) return false;
    await context.pause(Math.min(lookEveryMs, left));
    if ((await context.storeMark()) !== mark) return true;
  }
}

/** Looks until enough was found or the limit is reached; null: once. */
async function look(
  context: CommandContext,
  bridge: Bridge,
  search: Search,
  limit: Limit | null,
): Promise<Result<void, PublicError>> {
  if (search.after === null) {
    const newest = await bridge.call('inbox.page', { query: '', limit: 1 });
    if (!newest.ok) return newest;
    search.after = newest.value.messages[0]?.sequence ?? 0;
  }
  for (;;) {
    const { query, count, found } = search;
    const after: number = search.after;
    const page = await bridge.call('inbox.page', { query, after, limit: 1000 });
    if (!page.ok) return page;
    const rows: readonly Message[] = page.value.messages.toReversed();
    found.push(...rows.slice(0, count - found.length));
    search.after = rows.at(-1)?.sequence ?? after;
    if (found.length >= count) return ok(undefined);
    if (rows.length > 0) continue;
    const left = limit?.left() ?? 0;
    if (left === 0) return ok(undefined);
    await context.pause(Math.min(lookEveryMs, left));
  }
}

export interface Waiting {
  readonly query: string;
  readonly count: number;
  /** A sequence: only texts that were stored later count. */
  readonly after: number;
  readonly timeoutMs: number;
}

/** The texts that match, oldest first: `count` of them, or fewer when time ran out or stopping was asked for. */
export async function waitFor(
  context: CommandContext,
  bridge: Bridge,
  { timeoutMs, ...waiting }: Waiting,
): Promise<Result<readonly Message[], PublicError>> {
  const search: Search = { ...waiting, found: [] };
  const looked = await look(context, bridge, search, limitOf(context, timeoutMs));
  return looked.ok ? ok(search.found) : looked;
}
