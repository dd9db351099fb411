import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Simulator, Switches } from '../../main/simulator/server.ts';
import { credentialsOf, type RunningCommand, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { canTrace, readAcknowledgements, trace } from './traced.ts';

const account = '0000123456-00001';
const device = [{ id: '7022895555', kind: 'mdn' }];

interface Listening {
  readonly simulator: Simulator;
  readonly dataDirectory: string;
  readonly command: RunningCommand;
  readonly send: (text: string) => Promise<string>;
  /** The texts of the store, in no particular order. */
  readonly stored: () => Promise<readonly string[]>;
}

async function liveListen(switches: Partial<Switches> = {}): Promise<Listening> {
  const simulator = await freshSimulator({ switches });
  const dataDirectory = freshFolder();
  const surroundings = { dataDirectory, apiBase: simulator.origin, environment: credentialsOf(simulator) };
  const command = startCommand(['listen', '--account', account, '--json'], surroundings);
  await command.until(() => stands(command, account, 'live'), 'live');
  return {
    simulator,
    dataDirectory,
    command,
    send: (text) => simulator.deviceTexts(account, { deviceIds: device, text }).settled,
    async stored() {
      const shown = await runCommand(['messages', '--limit', '0', '--json'], { dataDirectory });
      return shown.command
        .linesOf('message')
        .map((line) => String(line['text']))
        .toSorted();
    },
  };
}

async function stop(command: RunningCommand): Promise<void> {
  command.signal('SIGTERM');
  expect(await command.exited).toBe(0);
}

describe.skipIf(!canTrace && process.env['CI'] !== 'true')('the disk (needs strace)', () => {
  test('has every text, synced, before ThingSpace is told so: by a 2xx, or by asking for the next block', async () => {
    const { simulator, command, dataDirectory, send } = await liveListen();
    const log = join(dataDirectory, 'trace');
    const calls = 'trace=read,write,writev,pwrite64,fdatasync,fsync';
    const letGo = await trace(command.pid, '-s', '70000', '-o', log, '-e', calls);
    const pushed = Array.from({ length: 200 }, (_, index) => `<pushed ${index}>`);
    const fetched = Array.from({ length: 150 }, (_, index) => `<queued ${index}>`);
    for (const text of fetched) simulator.queueText(account, { deviceIds: device, text });
    const drained = runCommand(['drain', '--account', account], { dataDirectory });
    expect(new Set(await Promise.all(pushed.map(send)))).toEqual(new Set(['delivered']));
    expect((await drained).code).toBe(0);
    await letGo();
    const acknowledged = readAcknowledgements(log, /<(?:pushed|queued) \d+>/g);
    expect(acknowledged.flatMap(({ notSynced }) => notSynced)).toEqual([]);
    expect(acknowledged.flatMap(({ texts }) => texts).toSorted()).toEqual([...pushed, ...fetched].toSorted());
    await stop(command);
  });

  test('that is slower than ThingSpace waits is answered 503 in time; the text comes from the queue, once', async () => {
    const { simulator, command, send, stored } = await liveListen();
    const letGo = await trace(command.pid, '-o', '/dev/null', '-e', 'inject=fdatasync,fsync:delay_enter=5000000');
    const started = Date.now();
    expect(await send('on the slow disk')).toBe('queued');
    expect(Date.now() - started).toBeLessThan(3900);
    await command.until(() => command.linesOf('problem').length > 0, 'what is wrong');
    expect(command.linesOf('problem')).toMatchObject([{ code: 'storage-failed' }]);
    expect(stands(command, account, 'needs-you')).toBe(true);
    await letGo();
    await command.until(() => stands(command, account, 'live'), 'live again');
    expect(simulator.counts(account).queued).toBe(0);
    expect(await stored()).toEqual(['on the slow disk']);
    expect(command.linesOf('message')).toHaveLength(1);
    await stop(command);
  });

  test.each([
    ['read-only', 'EROFS', 'that its folder can be written to'],
    ['broken', 'EIO', 'Check the disk'],
    ['full', 'ENOSPC', 'The disk is full'],
  ])('that turns %s: 503, said, and recovery without a restart, each text once', async (_what, error, says) => {
    const { simulator, command, dataDirectory, send, stored } = await liveListen();
    expect(await send('before')).toBe('delivered');
    const letGo = await trace(command.pid, '-o', '/dev/null', '-e', `inject=pwrite64:error=${error}`);
    expect(await send('while it was so')).toBe('queued');
    await command.until(() => command.linesOf('problem').length > 0, 'what is wrong');
    expect(stands(command, account, 'needs-you')).toBe(true);
    const [problem] = command.linesOf('problem');
    expect(problem).toMatchObject({ code: 'storage-failed', message: expect.stringContaining(says) });
    await letGo();
    await command.until(() => stands(command, account, 'live'), 'live again');
    expect(await send('after')).toBe('delivered');
    expect(await stored()).toEqual(['after', 'before', 'while it was so']);
    expect(simulator.counts(account).queued).toBe(0);
    expect(readdirSync(dataDirectory).filter((name) => name.includes('corrupt'))).toEqual([]);
    await stop(command);
  });
});

test('a computer that hangs until ThingSpace gives up on a callback has the text once, from the queue', async () => {
  const { simulator, command, send, stored } = await liveListen();
  command.signal('SIGSTOP');
  const started = Date.now();
  expect(await send('into the silence')).toBe('queued');
  expect(Date.now() - started).toBeGreaterThanOrEqual(3900);
  command.signal('SIGCONT');
  await command.until(() => command.linesOf('message').length > 0, 'the text');
  await expect.poll(() => simulator.counts(account).queued, { timeout: 20_000 }).toBe(0);
  expect(await stored()).toEqual(['into the silence']);
  expect(command.linesOf('message')).toHaveLength(1);
  await stop(command);
});
