import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Message } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { momentOf } from '../core/query-time.ts';
import type { Command, CommandContext } from './command.ts';
import { exit, tellFailure } from './io.ts';
import { wrongUsage } from './listen.ts';
import { localClock } from './local-time.ts';
import { showMessage } from './messages.ts';
import { withBridge } from './oneshot.ts';
import { readNumber } from './read-options.ts';

/** Between two looks at the store (milliseconds): another process may be the one that stores. */
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
  const query = options.text('query') ?? '';
  return withBridge(context, async (bridge) => {
    const waited = await waitFor(context, bridge, {
      query,
      count: count.value,
      sinceTime: since.value,
      timeoutMs: timeout.value * 1000,
    });
    if (!waited.ok) return tellFailure(context.terminal, waited.error);
    for (const message of waited.value) await showMessage(context, message);
    return waited.value.length >= count.value ? exit.done : exit.timeout;
  });
};

function readSince(context: CommandContext): Result<number | null, string> {
  const text = context.options.text('since');
  if (text === null) return ok(null);
  const moment = momentOf(text, localClock(context.now()));
  return moment === null
    ? fail(`--since takes a time such as 2026-11-23T15:00:00Z, or 10m, 2h, 3d, not "${text}".`)
    : ok(moment);
}

export interface Waiting {
  readonly query: string;
  readonly count: number;
  /** Milliseconds since 1970: of all that is stored, what came from then on. Null: what is stored after `after`. */
  readonly sinceTime: number | null;
  /** A sequence; left out: the newest at the start. */
  readonly after?: number;
  readonly timeoutMs: number;
}

/** The texts that match and came since, oldest first: `count` of them, or fewer when time ran out or stopping was asked for. */
export async function waitFor(
  context: CommandContext,
  bridge: Bridge,
  waiting: Waiting,
): Promise<Result<readonly Message[], PublicError>> {
  const deadline = context.now() + waiting.timeoutMs;
  let stopped = false;
  void context.terminal.stopAsked.then(() => {
    stopped = true;
  });
  const query =
    waiting.sinceTime === null ? waiting.query : `${waiting.query} after:${new Date(waiting.sinceTime).toISOString()}`;
  const found: Message[] = [];
  let last = waiting.after ?? 0;
  if (waiting.sinceTime === null && waiting.after === undefined) {
    const newest = await bridge.call('inbox.page', { query: '', limit: 1 });
    if (!newest.ok) return newest;
    last = newest.value.messages[0]?.sequence ?? 0;
  }
  for (;;) {
    const page = await bridge.call('inbox.page', { query, after: last, limit: 1000 });
    if (!page.ok) return page;
    const rows = page.value.messages.toReversed();
    found.push(...rows);
    last = rows.at(-1)?.sequence ?? last;
    if (found.length >= waiting.count) return ok(found.slice(0, waiting.count));
    if (rows.length === 0) {
      if (stopped || context.now() >= deadline) return ok(found);
      await context.pause(Math.max(1, Math.min(lookEveryMs, deadline - context.now())));
    }
  }
}
