import { isSameText } from '../../../main/core/message.ts';
import type { IncomingBlock, IncomingCallback } from '../../../main/core/ports.ts';
import type { Lane } from '../../../preload/contract/message.ts';

/*
 * The inbox as plainly as it can be written: a list, looked through from its beginning for each delivery. It is what the
 * store with its hashes, summaries and memory must come to.
 */

interface ModelRow {
  readonly account: string;
  readonly text: string;
  readonly deviceIds: IncomingCallback['deviceIds'];
  lanes: readonly Lane[];
  readonly receivedAt: number;
  platformAt: number | null;
  platformTime: string | null;
  requestId: string | null;
  callbackCount: number | null;
  answered: boolean;
  /** Whether that it was answered would survive a crash. */
  answeredOnDisk: boolean;
  acknowledged: boolean;
}

const repeatWindowMs = 20 * 60_000;

export function createInboxModel() {
  const rows: ModelRow[] = [];

  function find(
    lane: Lane,
    account: string,
    taken: ReadonlySet<ModelRow>,
    incoming: Omit<IncomingCallback, 'account' | 'raw'>,
  ) {
    return rows.find((row) => {
      if (row.account !== account || row.text !== incoming.text || taken.has(row)) return false;
      const sameTime = row.platformTime === incoming.platformTime ? incoming.platformAt : Number.NaN;
      const historyTwice = lane === 'history' && row.lanes.includes('history');
      const recent = Math.abs(row.receivedAt - incoming.receivedAt) <= repeatWindowMs;
      return isSameText(
        { ...incoming, lane },
        {
          ...row,
          platformAt: historyTwice ? sameTime : row.platformAt,
          callbackCount: recent ? row.callbackCount : Infinity,
        },
      );
    });
  }

  function add(row: Omit<ModelRow, 'answeredOnDisk'>): ModelRow {
    const added = { ...row, answeredOnDisk: false };
    rows.push(added);
    return added;
  }

  return {
    rows,
    callback(incoming: IncomingCallback): number {
      const row = find('callback', incoming.account, new Set(), incoming);
      if (!row)
        return rows.indexOf(add({ ...incoming, lanes: ['callback'], answered: false, acknowledged: false })) + 1;
      if (!row.lanes.includes('callback')) row.lanes = ['callback', 'history'];
      row.requestId ??= incoming.requestId;
      const count = Math.max(row.callbackCount ?? 0, incoming.callbackCount ?? 0);
      row.callbackCount = count === 0 ? null : count;
      return rows.indexOf(row) + 1;
    },
    answered(sequence: number): void {
      const row = rows[sequence - 1];
      if (row) row.answered = true;
    },
    block({ account, receivedAt, items, acknowledgesPrevious }: IncomingBlock): void {
      if (acknowledgesPrevious)
        for (const row of rows) if (row.account === account) row.acknowledged = row.lanes.includes('history');
      const taken = new Set<ModelRow>();
      const found = new Map<number, ModelRow>();
      const order = [...items.keys()].sort(
        (a, b) => (items[a]?.platformAt ?? 0) - (items[b]?.platformAt ?? 0) || a - b,
      );
      for (const index of order) {
        const item = items[index];
        const row =
          item && find('history', account, taken, { ...item, receivedAt, requestId: null, callbackCount: null });
        if (!row) continue;
        taken.add(row);
        found.set(index, row);
      }
      for (const [index, item] of items.entries()) {
        const row = found.get(index);
        const nothing = { requestId: null, callbackCount: null, answered: false, acknowledged: false };
        if (!row) add({ ...item, ...nothing, account, receivedAt, lanes: ['history'] });
        else if (!row.lanes.includes('history')) {
          row.lanes = ['callback', 'history'];
          row.platformAt = item.platformAt;
          row.platformTime = item.platformTime;
        }
      }
    },
    /** What waited in memory is on disk. */
    settle(): void {
      for (const row of rows) row.answeredOnDisk = row.answered;
    },
    crash(): void {
      for (const row of rows) row.answered = row.answeredOnDisk;
    },
  };
}
