import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openMessageStore } from '../../main/adapters/message-db/store.ts';
import { credentialsOf, type RunningCommand, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';
const day = 24 * 3_600_000;

/** Texts of this age (days), received and answered before the app starts. */
async function fillStore(dataDirectory: string, ages: readonly number[]): Promise<void> {
  const opened = await openMessageStore({ directory: dataDirectory, now: Date.now });
  if (!opened.ok) throw new Error(opened.error.message);
  const { store } = opened.value;
  for (const age of ages) {
    const text = `${age} days old`;
    const stored = await store.storeCallback({
      account,
      deviceIds: [{ id: '7022895555', kind: 'mdn' }],
      text,
      receivedAt: Date.now() - age * day,
      platformTime: null,
      platformAt: null,
      requestId: null,
      callbackCount: null,
      raw: JSON.stringify({ smsMessage: text }),
    });
    if (stored.ok) store.answered(stored.value.message.sequence, true);
  }
  await store.close();
}

async function textsIn(dataDirectory: string): Promise<readonly unknown[]> {
  const { command } = await runCommand(['messages', '--limit', '0', '--json'], { dataDirectory });
  return command.lines().map((line) => line['text']);
}

describe('a backup', () => {
  test('that is made while texts arrive opens, and holds all that were printed before it', async () => {
    const simulator = await freshSimulator({ accounts: [account] });
    const dataDirectory = freshFolder();
    const listening = startCommand(['listen', '--account', account, '--json'], {
      dataDirectory,
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    });
    await listening.until(() => stands(listening, account, 'live'), 'live');
    const printed = (command: RunningCommand) => command.linesOf('message').map((line) => line['text']);
    let flooding = true;
    const isFlooding = () => flooding;
    const flood = (async () => {
      for (let index = 0; isFlooding(); index += 1)
        await simulator.deviceTexts(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: `live ${index}` })
          .settled;
    })();
    await listening.until(() => printed(listening).length > 50, 'the first texts');
    const before = printed(listening).length;
    const path = join(freshFolder(), 'texts.db');
    const made = await runCommand(['backup', path, '--json'], { dataDirectory });
    expect(made.command.lines()).toEqual([{ type: 'backup', path }]);
    expect(made.code).toBe(0);
    await listening.until(() => printed(listening).length > before, 'more texts');
    flooding = false;
    await flood;
    listening.signal('SIGTERM');
    await listening.exited;
    const again = await runCommand(['backup', path], { dataDirectory });
    expect([again.code, again.command.err()]).toEqual([1, expect.stringContaining('exists already')]);

    const other = freshFolder();
    renameSync(path, join(other, 'messages.db'));
    const held = (await textsIn(other)).toReversed();
    const all = (await textsIn(dataDirectory)).toReversed();
    expect(held.length).toBeGreaterThanOrEqual(before);
    expect(held).toEqual(all.slice(0, held.length));
  });
});

describe('how long texts are kept', () => {
  test('is for ever, until a rule is chosen after a look at what would go', async () => {
    const dataDirectory = freshFolder();
    await fillStore(dataDirectory, [40, 31, 29, 1]);
    const retention = async (...args: readonly string[]) => runCommand(['retention', ...args], { dataDirectory });
    expect((await retention()).command.out).toEqual(['Texts are kept for ever.']);

    const looked = await retention('--days', '30');
    expect(looked.code).toBe(2);
    expect(looked.command.out).toEqual([expect.stringMatching(/^2 texts are older than 30 days, received from 20/)]);
    expect(looked.command.err()).toContain('Nothing was changed');
    expect(await textsIn(dataDirectory)).toHaveLength(4);

    const chosen = await retention('--days', '30', '--yes', '--json');
    expect(chosen.code).toBe(0);
    expect(chosen.command.lines()).toMatchObject([{ days: 30, texts: 2 }, { keepDays: 30 }]);

    const simulator = await freshSimulator({ accounts: [account] });
    const listening = startCommand(['listen', '--account', account, '--json'], {
      dataDirectory,
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    });
    await listening.until(() => listening.linesOf('note').length > 0, 'the note');
    expect(listening.linesOf('note')[0]).toMatchObject({ text: '2 texts older than you wanted to keep were deleted.' });
    expect((await retention('--days', '7', '--yes')).command.out).toHaveLength(2);
    await listening.until(() => listening.linesOf('note').length > 1, 'the second note');
    expect((await retention('--days', 'off')).command.out).toEqual(['Texts are kept for ever.']);
    listening.signal('SIGTERM');
    expect(await listening.exited).toBe(0);
    expect(await textsIn(dataDirectory)).toEqual(['1 days old']);
  });

  test('is looked at without a fault where nothing would go, and chosen only with a yes', async () => {
    const dataDirectory = freshFolder();
    const looked = await runCommand(['retention', '--days', '1'], { dataDirectory });
    expect({ code: looked.code, out: looked.command.out }).toEqual({ code: 0, out: ['No text is older than 1 day.'] });
    expect(looked.command.err()).toContain('Say --yes to delete each text 1 day after it came.');
    const { command } = await runCommand(['retention'], { dataDirectory });
    expect(command.out).toEqual(['Texts are kept for ever.']);
  });

  test.each(['0', '-1', '1.5', 'x', '40000'])('is not --days %s', async (days) => {
    const { code, command } = await runCommand(['retention', `--days=${days}`], { dataDirectory: freshFolder() });
    expect([code, command.err()]).toEqual([2, expect.stringContaining('--days takes')]);
  });

  test('is for ever for settings that were written before there was a choice', async () => {
    const dataDirectory = freshFolder();
    const first = await runCommand(['accounts', 'add', account], { dataDirectory });
    expect(first.code).toBe(0);
    const path = join(dataDirectory, 'settings.json');
    const { keepDays: _, ...older } = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify(older));
    expect((await runCommand(['retention', '--json'], { dataDirectory })).command.lines()).toEqual([
      { type: 'retention', keepDays: null },
    ]);
    expect((await runCommand(['accounts', '--json'], { dataDirectory })).command.lines()).toHaveLength(1);
  });
});
