/** The ledger of every text a device has sent, and the queue of those that nobody has taken yet. */
import { randomUUID } from 'node:crypto';

export interface DeviceId {
  readonly id: string;
  readonly kind: string;
}

/**
 * `pushing`: on its way to the listener. `queued`: waiting for startCallbacks or history. Final: `delivered` (the
 * listener answered 2xx), `acknowledged` (by `next`), `cleared` (dropped when handed out, by a switch).
 */
export type TextState = 'pushing' | 'queued' | 'delivered' | 'acknowledged' | 'cleared';

export interface LedgerEntry {
  readonly id: string;
  readonly account: string;
  readonly deviceIds: readonly DeviceId[];
  readonly text: string;
  /** When the platform received it, in milliseconds since 1970. */
  readonly timestamp: number;
  readonly requestId: string;
  readonly state: TextState;
  /** Callback requests begun for it. */
  readonly attempts: number;
  /** 2xx answers seen for it, duplicates and late ones included. */
  readonly accepted: number;
  /** History pages it was in. */
  readonly handedOut: number;
}

export type Text = { -readonly [Field in keyof LedgerEntry]: LedgerEntry[Field] };

export type Counts = Readonly<Record<TextState | 'total', number>>;

export interface NewText {
  readonly deviceIds: readonly DeviceId[];
  readonly text: string;
  readonly timestamp?: number;
}

export interface Texts {
  add(account: string, text: NewText): Text;
  /** Changes the state; a text in a final state keeps it. */
  move(text: Text, state: TextState): void;
  queue(account: string): ReadonlyMap<string, Text>;
  counts(account: string): Counts;
  ledger(account: string): readonly LedgerEntry[];
}

interface Shelf {
  readonly texts: Map<string, Text>;
  readonly queue: Map<string, Text>;
  readonly counts: Record<TextState | 'total', number>;
}

const isFinal = (state: TextState): boolean => state !== 'pushing' && state !== 'queued';

function emptyShelf(): Shelf {
  const counts = { total: 0, pushing: 0, queued: 0, delivered: 0, acknowledged: 0, cleared: 0 };
  return { texts: new Map(), queue: new Map(), counts };
}

/** Above the limit the oldest finished texts leave the ledger; the counts keep them. */
function forgetOldest({ texts }: Shelf, limit: number): void {
  for (const [id, text] of texts) {
    if (texts.size <= limit || !isFinal(text.state)) return;
    texts.delete(id);
  }
}

/** `limit` is the number of texts remembered for each account. */
export function createTexts(now: () => number, limit: number): Texts {
  const shelves = new Map<string, Shelf>();
  let number = 0;

  function shelfOf(account: string): Shelf {
    const shelf = shelves.get(account) ?? emptyShelf();
    shelves.set(account, shelf);
    return shelf;
  }

  return {
    add(account, { deviceIds, text, timestamp }) {
      number += 1;
      const progress = { state: 'pushing', attempts: 0, accepted: 0, handedOut: 0 } as const;
      const identity = { id: `text-${number}`, requestId: randomUUID(), timestamp: timestamp ?? now() };
      const added: Text = { ...identity, account, deviceIds, text, ...progress };
      const shelf = shelfOf(account);
      shelf.texts.set(added.id, added);
      shelf.counts.total += 1;
      shelf.counts.pushing += 1;
      forgetOldest(shelf, limit);
      return added;
    },
    move(text, state) {
      if (isFinal(text.state) || text.state === state) return;
      const { queue, counts } = shelfOf(text.account);
      counts[text.state] -= 1;
      counts[state] += 1;
      text.state = state;
      if (state === 'queued') queue.set(text.id, text);
      else queue.delete(text.id);
    },
    queue: (account) => shelfOf(account).queue,
    counts: (account) => ({ ...shelfOf(account).counts }),
    ledger: (account) => [...shelfOf(account).texts.values()].map((text) => ({ ...text })),
  };
}
