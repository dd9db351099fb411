import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/adapters/message-db/database.ts';
import type { CallbackOutcome, Reply } from '../../../main/adapters/message-db/protocol.ts';
import { createFindRow, toMessage } from '../../../main/adapters/message-db/rows.ts';
import { createCommitter } from '../../../main/adapters/message-db/write-commit.ts';
import type { IncomingBlock, IncomingCallback } from '../../../main/core/ports.ts';
import { createInboxModel } from './inbox-model.ts';
import { block, callback, freshDirectory, item, noon, valueOf } from './store-fixture.ts';

/** The store without its threads, that can lose its memory at any moment. */
function createBareStore(directory: string) {
  let opened = valueOf(openDatabase(directory));
  let committer = createCommitter(opened.database, opened.storeKey);
  const single = (replies: readonly Reply[]): unknown => replies.map(({ result }) => valueOf(result))[0];
  return {
    callback(incoming: IncomingCallback): number {
      const outcome = single(committer.commit([{ id: 1, kind: 'callback', input: incoming }])) as CallbackOutcome;
      return 'known' in outcome ? outcome.known.sequence : outcome.newSequence;
    },
    block: (incoming: IncomingBlock) => void single(committer.commit([{ id: 1, kind: 'block', input: incoming }])),
    answered: (sequence: number) => void committer.commit([{ kind: 'answered', sequence, at: noon }]),
    settle: () => committer.settle(),
    crash() {
      opened.database.close();
      opened = valueOf(openDatabase(directory));
      committer = createCommitter(opened.database, opened.storeKey);
    },
    rows() {
      const findRow = createFindRow(opened.database);
      const rows = [];
      for (let row = findRow(1); row; row = findRow(row.sequence + 1)) rows.push(toMessage(opened.storeKey, row));
      return rows;
    },
    end: () => opened.database.close(),
  };
}

const minute = 60_000;
const device = fc.constantFrom(
  [{ id: '1', kind: 'mdn' }],
  [{ id: '2', kind: 'mdn' }],
  [
    { id: '1', kind: 'mdn' },
    { id: 'A', kind: 'esn' },
  ],
  [{ id: 'A', kind: 'esn' }],
  [],
);
const place = { account: fc.constantFrom('x', 'y'), text: fc.constantFrom('ok', 'no') };
const at = fc.integer({ min: 0, max: 12 }).map((steps) => noon + steps * 4 * minute);
const callbacks = fc
  .record({
    ...place,
    deviceIds: device,
    receivedAt: at,
    callbackCount: fc.constantFrom(null, null, 1, 2, 3),
    requestId: fc.constantFrom(null, null, null, 'r1', 'r2'),
    timed: fc.boolean(),
  })
  .map(({ text, timed, ...rest }) =>
    callback(text, {
      ...rest,
      ...(timed
        ? { platformAt: rest.receivedAt - minute, platformTime: new Date(rest.receivedAt - minute).toISOString() }
        : {}),
    }),
  );
const items = fc
  .record({ text: place.text, deviceIds: device, at, skew: fc.constantFrom(0, 0, 1000) })
  .map(({ text, deviceIds, at: time, skew }) => item(text, time, { deviceIds, platformAt: time + skew }));
const blocks = fc
  .record({
    account: place.account,
    receivedAt: at,
    items: fc.array(items, { maxLength: 4 }),
    acknowledgesPrevious: fc.boolean(),
  })
  .map(({ items: content, ...rest }) => block(content, rest));
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: callbacks.map((incoming) => ({ kind: 'callback', incoming }) as const) },
    { weight: 4, arbitrary: blocks.map((incoming) => ({ kind: 'block', incoming }) as const) },
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 5 }).map((back) => ({ kind: 'answered', back }) as const) },
    { weight: 1, arbitrary: fc.constant({ kind: 'settle' } as const) },
    { weight: 1, arbitrary: fc.constant({ kind: 'crash' } as const) },
    { weight: 1, arbitrary: fc.constant({ kind: 'repeat block' } as const) },
  ),
  { maxLength: 40 },
);

describe('any course of deliveries by both ways, with answers, acknowledgements and crashes', () => {
  it('gives the same inbox as a list that is looked through for each', () => {
    fc.assert(
      fc.property(steps, (course) => {
        const directory = freshDirectory();
        const store = createBareStore(directory);
        const model = createInboxModel();
        const stored: number[] = [];
        let lastBlock: IncomingBlock = block([]);
        for (const step of course) {
          if (step.kind === 'callback') {
            const sequence = store.callback(step.incoming);
            expect(sequence).toBe(model.callback(step.incoming));
            stored.push(sequence);
          } else if (step.kind === 'answered') {
            const sequence = stored.at(-1 - step.back);
            if (sequence === undefined) continue;
            store.answered(sequence);
            model.answered(sequence);
          } else if (step.kind === 'settle' || step.kind === 'crash') {
            store[step.kind]();
            model[step.kind]();
          } else {
            lastBlock = step.kind === 'block' ? step.incoming : { ...lastBlock, acknowledgesPrevious: false };
            store.block(lastBlock);
            model.block(lastBlock);
          }
          expect(store.rows().length).toBe(model.rows.length);
        }
        store.crash();
        const shown = store.rows();
        store.end();
        expect(shown.map(({ text, lanes, platformTime }) => ({ text, lanes, platformTime }))).toEqual(
          model.rows.map(({ text, lanes, platformTime }) => ({ text, lanes, platformTime })),
        );
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 60) },
    );
  });
});

/** What can become of one text between the service and us; every delivery of it is named. */
const fates = [
  'pushed',
  'pushed twice',
  'pushed, answer lost, fetched',
  'pushed, answered late, fetched',
  'fetched',
  'fetched, then pushed',
] as const;

describe('equal texts of one device', () => {
  it('are as many rows as were sent, whatever became of each on its way, and whenever we crashed', () => {
    const course = fc.array(
      fc.record({ fate: fc.constantFrom(...fates), polls: fc.integer({ min: 1, max: 3 }), crash: fc.boolean() }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(course, (texts) => {
        const store = createBareStore(freshDirectory());
        for (const [index, { fate, polls, crash }] of texts.entries()) {
          const sentAt = noon + index * 25 * minute;
          const push = (answered: boolean, after = 0) => {
            const sequence = store.callback(callback('ok', { receivedAt: sentAt + after }));
            if (answered) store.answered(sequence);
          };
          const fetch = () => {
            for (let poll = 0; poll < polls; poll++)
              store.block(block([item('ok', sentAt)], { receivedAt: sentAt + 9 * minute }));
          };
          if (fate === 'pushed') push(true);
          if (fate === 'pushed twice') push(false);
          if (fate === 'pushed twice') push(true, 5000);
          if (fate === 'pushed, answer lost, fetched') push(false);
          if (fate === 'pushed, answered late, fetched') push(true);
          if (fate.endsWith('fetched') || fate.startsWith('fetched')) fetch();
          if (fate === 'fetched, then pushed') push(true, 9 * minute);
          store.block(block([], { acknowledgesPrevious: true, receivedAt: sentAt + 10 * minute }));
          store.settle();
          if (crash) store.crash();
        }
        const rows = store.rows();
        store.end();
        expect(rows).toHaveLength(texts.length);
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 40) },
    );
  });
});
