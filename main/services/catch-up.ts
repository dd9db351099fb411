import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { parsePlatformTime, textWithoutSecrets } from '../core/callback-body.ts';
import { type ServiceFailure, serviceFailure } from '../core/failure.ts';
import type { HistoryBlock, IncomingBlock, StoredBlock } from '../core/ports.ts';
import type { Context } from './context.ts';

/** How many requests in a row may bring nothing that this run has not seen before it gives up. */
const requestsWithoutProgress = 10;

export interface Drained {
  readonly fetched: number;
  readonly stored: number;
}

export interface CatchUp {
  /** Empties the queue: each block is stored before the request that acknowledges it. */
  drain(account: string, isWanted: () => boolean): Promise<Result<Drained, ServiceFailure>>;
  /** How many texts the first block holds. Nothing is acknowledged, so nothing leaves the queue. */
  peek(account: string): Promise<Result<HistoryBlock, ServiceFailure>>;
}

interface Progress {
  readonly seen: Set<number>;
  idle: number;
  fetched: number;
  stored: number;
}

/** GET history (API notes, section 4): fetch, store, acknowledge, in this order. */
export function createCatchUp(deps: Context): CatchUp {
  const { thingSpace, messages, state, clock } = deps;

  async function store(
    account: string,
    block: HistoryBlock,
    acknowledgesPrevious: boolean,
  ): Promise<Result<StoredBlock, ServiceFailure>> {
    const receivedAt = clock.now();
    const stored = await messages.storeBlock(incoming(account, block, receivedAt, acknowledgesPrevious));
    if (!stored.ok) {
      state.dispatch({ type: 'storage-failed', failure: stored.error, at: clock.now() });
      return fail(serviceFailure('cancelled', stored.error.message));
    }
    for (const message of stored.value.added)
      state.dispatch({ type: 'message-stored', message, isNew: true, byCallback: false, at: receivedAt });
    for (const message of stored.value.matched)
      state.dispatch({ type: 'message-stored', message, isNew: false, byCallback: false, at: receivedAt });
    if (block.unreadable.length > 0) await countAgain();
    return stored;
  }

  /** The store keeps what cannot be read once, however often it comes. */
  async function countAgain(): Promise<void> {
    const counts = await messages.counts();
    if (counts.ok) state.dispatch({ type: 'counts-read', counts: counts.value });
  }

  /** Whether this request brought anything that is new to this run, and where it stands now. */
  function note(progress: Progress, block: HistoryBlock, stored: StoredBlock): void {
    const before = progress.seen.size;
    for (const message of [...stored.added, ...stored.matched]) progress.seen.add(message.sequence);
    progress.idle = progress.seen.size > before ? 0 : progress.idle + 1;
    progress.fetched += block.items.length;
    progress.stored += stored.added.length;
  }

  async function blocks(
    account: string,
    progress: Progress,
    isWanted: () => boolean,
  ): Promise<Result<{ readonly askedAt: number }, ServiceFailure>> {
    let next: string | null = null;
    let restarted = false;
    let previous: HistoryBlock | null = null;
    while (isWanted()) {
      const askedAt = clock.now();
      const block = await thingSpace.history(account, next);
      if (!block.ok) {
        // A token that the service does not know any more: begin again without one, once (API notes, unknown 4).
        if (next === null || restarted || block.error.kind !== 'refused') return block;
        restarted = true;
        next = null;
        continue;
      }
      const acknowledged: boolean = next !== null && !isSameBlock(previous, block.value);
      const stored = await store(account, block.value, acknowledged);
      if (!stored.ok) return stored;
      note(progress, block.value, stored.value);
      const count = stored.value.added.length;
      if (count > 0) state.dispatch({ type: 'queue-fetched', account, count });
      if (isLast(block.value)) return ok({ askedAt });
      if (progress.idle >= requestsWithoutProgress) return fail(stuck(account, progress));
      next = block.value.next;
      previous = block.value;
    }
    return fail(serviceFailure('cancelled', 'Fetching the queue was stopped.'));
  }

  return {
    async drain(account, isWanted) {
      const progress: Progress = { seen: new Set(), idle: 0, fetched: 0, stored: 0 };
      const drained = await blocks(account, progress, isWanted);
      if (!drained.ok) return drained;
      state.dispatch({ type: 'queue-emptied', account, at: drained.value.askedAt, fetched: progress.stored });
      return ok({ fetched: progress.fetched, stored: progress.stored });
    },
    async peek(account) {
      const block = await thingSpace.history(account, null);
      if (block.ok)
        state.dispatch({ type: 'queue-looked-at', account, at: clock.now(), waiting: block.value.items.length });
      return block;
    },
  };
}

/** An empty block that promises nothing, or one that is the last and cannot be acknowledged (API notes, section 4.3). */
function isLast(block: HistoryBlock): boolean {
  return !block.more && (block.items.length === 0 || block.next === null);
}

/** The very block again, under the very token: the service did not move on, so it took nothing as acknowledged. */
function isSameBlock(previous: HistoryBlock | null, block: HistoryBlock): boolean {
  if (previous === null || previous.next !== block.next || previous.items.length !== block.items.length) return false;
  return block.items.length > 0 && block.items.every((item, index) => item.raw === previous.items[index]?.raw);
}

function stuck(account: string, progress: Progress): ServiceFailure {
  return serviceFailure(
    'unreadable',
    `The queue of ${account} does not move: ThingSpace says that more waits, but brings nothing new. All ${progress.fetched} texts that came are kept.`,
  );
}

function incoming(
  account: string,
  block: HistoryBlock,
  receivedAt: number,
  acknowledgesPrevious: boolean,
): IncomingBlock {
  const items = block.items.map((item) => {
    const platformAt = item.timestamp === null ? null : parsePlatformTime(item.timestamp);
    return {
      deviceIds: item.deviceIds,
      text: item.text,
      platformTime: item.timestamp,
      platformAt: platformAt === null ? null : platformAt + block.clockSkewMs,
      raw: textWithoutSecrets(item.raw),
    };
  });
  const unreadable = block.unreadable.map((raw) => textWithoutSecrets(raw));
  return { account, receivedAt, items, unreadable, acknowledgesPrevious };
}
