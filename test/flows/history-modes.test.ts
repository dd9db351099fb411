import { describe, expect, test } from 'vitest';
import type { Simulator, Switches } from '../../main/simulator/server.ts';
import { type CommandSurroundings, credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';
const device = [{ id: '7022895555', kind: 'mdn' }];
const count = 250;

async function queued(
  switches: Partial<Switches>,
): Promise<{ readonly simulator: Simulator; readonly surroundings: CommandSurroundings }> {
  const simulator = await freshSimulator({ switches });
  for (let index = 0; index < count; index += 1)
    simulator.queueText(account, { deviceIds: device, text: `queued ${index}` });
  return {
    simulator,
    surroundings: { dataDirectory: freshFolder(), apiBase: simulator.origin, environment: credentialsOf(simulator) },
  };
}

async function storedTexts(surroundings: CommandSurroundings): Promise<readonly string[]> {
  const { command } = await runCommand(['messages', '--limit', '0', '--json'], surroundings);
  return command
    .linesOf('message')
    .map((line) => String(line['text']))
    .toSorted();
}

const all = Array.from({ length: count }, (_, index) => `queued ${index}`).toSorted();
const drain = ['drain', '--account', account, '--json'];

describe('the queue is emptied, each text once, though ThingSpace', () => {
  /** Three blocks and the acknowledgement of the last, unless it is said otherwise. */
  const modes: readonly (readonly [what: string, switches: Partial<Switches>, requests?: number])[] = [
    ['gives a token with the last block too', { historyLastPage: 'location' }],
    ['clears the last block without a token', { historyLastPage: 'none-cleared' }, 3],
    [
      'clears the last block, its tokens in the body',
      { historyLastPage: 'none-cleared', historyTokenIn: 'body-next' },
      3,
    ],
    ['gives blocks of 1', { pageSize: 1 }, count + 1],
    ['gives blocks that come out even', { pageSize: 50 }, 6],
    ['gives blocks out of order', { deliveryOrder: 'out-of-order' }],
    ['puts the token into the body as token', { historyTokenIn: 'body-token' }],
    ['puts the token into the body as Token', { historyTokenIn: 'body-Token' }],
    ['puts the token into the body as next', { historyTokenIn: 'body-next' }],
    ['puts the token into the body as nextToken', { historyTokenIn: 'body-nextToken' }],
    ['puts the token into both places', { historyTokenIn: 'location-and-body' }],
    ['gives the whole path as Location', { historyLocation: 'full-path' }],
    ['gives an absolute Location', { historyLocation: 'absolute' }],
    ['gives tokens of digits beyond what a number holds', { historyNextForm: 'digits' }],
    ['gives the same token with every block', { historyNext: 'constant' }],
    ['refuses a token that was used', { historyNextReuse: 'refused' }],
    ['begins with an empty block that promises more', { historyMore: 'empty-first-page' }, 5],
    ['answers an empty queue with 204', { historyEmpty: '204' }],
    ['answers an empty queue without messages', { historyEmpty: '200-no-messages' }],
    ['answers an empty queue with an empty body', { historyEmpty: '200-empty-body' }],
    ['gives times with Z', { timestamps: 'z' }],
    ['gives times with fractions', { timestamps: 'fraction' }],
    ['writes kinds in mixed case', { kindCase: 'mixed' }],
    ['writes kinds in upper case', { kindCase: 'upper' }],
  ];
  const counted = modes.map(([what, switches, requests]) => [what, switches, requests ?? 4] as const);
  test.each(counted)('%s', async (_what, switches, requests) => {
    const { simulator, surroundings } = await queued(switches);
    const { code, command } = await runCommand(drain, surroundings);
    expect({ code, lines: command.lines() }).toEqual({
      code: 0,
      lines: [{ type: 'drained', account, fetched: count, stored: count }],
    });
    expect(await storedTexts(surroundings)).toEqual(all);
    expect(simulator.counts(account).queued).toBe(0);
    expect(simulator.requests().filter(({ route }) => route === 'history')).toHaveLength(requests);
    expect(new Set(simulator.ledger(account).map(({ handedOut }) => handedOut))).toEqual(new Set([1]));
  });

  test('forgets its tokens at once: what came is kept, it is said, and the queue is left as it is', async () => {
    const { simulator, surroundings } = await queued({ nextLifeMs: 0, latencyMs: 5 });
    const { code, command } = await runCommand(drain, surroundings);
    expect(code).toBe(1);
    expect(command.lines()).toMatchObject([{ type: 'problem', account, code: 'service-refused' }]);
    expect(simulator.requests().filter(({ route }) => route === 'history').length).toBeLessThanOrEqual(5);
    expect(await storedTexts(surroundings)).toHaveLength(100);
    expect(simulator.counts(account).queued).toBe(count);
  });

  test('never lets the last block be acknowledged: it comes again and again, and is stored once', async () => {
    const { simulator, surroundings } = await queued({ historyLastPage: 'none-kept' });
    for (let time = 0; time < 3; time += 1) expect((await runCommand(drain, surroundings)).code).toBe(0);
    expect(await storedTexts(surroundings)).toEqual(all);
    // What is added behind the block that stays is found all the same.
    simulator.queueText(account, { deviceIds: device, text: 'queued 0' });
    expect((await runCommand(drain, surroundings)).code).toBe(0);
    expect(await storedTexts(surroundings)).toEqual([...all, 'queued 0'].toSorted());
  });
});

describe('a queue that does not move is given up after at most 20 requests, with all that came, and said', () => {
  const modes: readonly (readonly [what: string, switches: Partial<Switches>])[] = [
    ['a token that repeats the same block for ever', { historyNext: 'stuck' }],
    ['empty blocks that promise more for ever', { historyMore: 'empty-pages-forever' }],
    ['a 202 without a token', { historyMore: 'without-location' }],
  ];
  test.each(modes)('%s', async (_what, switches) => {
    const { simulator, surroundings } = await queued(switches);
    const { code, command } = await runCommand(drain, surroundings);
    expect(code).toBe(1);
    expect(command.lines()).toMatchObject([{ type: 'problem', account }]);
    expect(command.err()).toContain('does not move');
    expect(simulator.requests().filter(({ route }) => route === 'history').length).toBeLessThanOrEqual(20);
    const handedOut = simulator.ledger(account).filter((entry) => entry.handedOut).length;
    expect((await storedTexts(surroundings)).length).toBe(handedOut);
  });
});

describe('callbacks and the queue together, each text once, though ThingSpace', () => {
  const modes: readonly (readonly [what: string, switches: Partial<Switches>])[] = [
    ['gives callbacks every field there is', { callbackProfile: 'extended' }],
    ['gives callbacks null where it has nothing', { callbackProfile: 'nulls' }],
    ['tries a failed callback once more', { retries: 'measured', measuredRetryMs: 100 }],
    ['tries a failed callback three times more', { retries: 'documented', documentedRetryMs: 100 }],
    ['delivers many callbacks twice', { callbackProfile: 'extended', duplicateFraction: 0.3 }],
    ['counts an answer that came too late', { lateAcceptance: 'counted' }],
    ['delivers out of order', { deliveryOrder: 'out-of-order' }],
    ['answers startCallbacks with a string', { startCallbacksSuccess: 'string' }],
    ['lists callbacks under another key, and none as 204', { callbackListKey: 'name', emptyCallbackList: '204' }],
    ['ends the session of an earlier login', { secondLogin: 'ends-first' }],
    ['refuses an old session without a word', { sessionRefusal: 'bare-401' }],
    ['queues a text whose callback failed at once', { retries: 'none' }],
    ['stops pushing the queue at the first failure', { flushAfterFailure: 'stops', retries: 'none' }],
    ['refuses a second registration while one stands', { callbackWhenHeld: 'refuse' }],
    ['says nothing of credentials that are not set', { unsetCredentials: 'absent' }],
    ['gives tokens without saying how long they hold', { expiresIn: 'absent' }],
    [
      'says how long tokens hold in a string, and what is left of it',
      { expiresIn: 'string', expiresInMeaning: 'remaining' },
    ],
    ['pushes one at a time', { pushConcurrency: 1 }],
    ['is slow', { latencyMs: 200 }],
  ];
  test.each(modes)('%s', async (_what, switches) => {
    const { simulator, surroundings } = await queued(switches);
    const command = startCommand(['listen', '--account', account, '--json'], surroundings);
    await command.until(() => stands(command, account, 'live'), 'live');
    simulator.expireSessions();
    const live = Array.from(
      { length: 50 },
      (_, index) => simulator.deviceTexts(account, { deviceIds: device, text: `live ${index}` }).settled,
    );
    await Promise.all(live);
    await command.until(() => command.linesOf('message').length >= count + 50, 'all texts');
    const texts = command.linesOf('message').map((line) => String(line['text']));
    expect(new Set(texts).size).toBe(count + 50);
    expect(texts).toHaveLength(count + 50);
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    expect(simulator.registrations(account)).toEqual([]);
  });
});
