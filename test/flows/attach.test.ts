import { describe, expect, test } from 'vitest';
import { connectToOwner } from '../../main/adapters/owner.ts';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { storeTexts } from './stored-texts.ts';

const account = '0000123456-00001';

describe('one owner, many callers', () => {
  test('100 attach and detach under load: no gap, and each sees the store grow', async () => {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    const surroundings = { dataDirectory, apiBase: simulator.origin, environment: credentialsOf(simulator) };
    const owner = startCommand(['listen', '--account', account, '--json'], surroundings);
    await owner.until(() => stands(owner, account, 'live'), 'live');
    const count = 1500;
    const flood = simulator.flood(account, count);
    let seen = 0;
    for (let round = 0; round < 100; round += 1) {
      const guest = await connectToOwner(dataDirectory);
      expect(guest).not.toBeNull();
      const snapshot = await guest?.call('snapshot.get', {});
      expect(snapshot?.ok).toBe(true);
      const total = snapshot?.ok ? snapshot.value.inbox.total : 0;
      expect(total).toBeGreaterThanOrEqual(seen);
      seen = total;
      // Half of them part in the middle of an answer.
      if (round % 2 === 0) void guest?.call('inbox.page', { query: '', limit: 1000 });
      guest?.close();
    }
    await flood;
    await owner.until(() => owner.linesOf('message').length >= count, 'all texts');
    expect(new Set(owner.linesOf('message').map((line) => line['text'])).size).toBe(count);
    const { command } = await runCommand(['messages', '--limit', '0', '--json'], surroundings);
    expect(command.out).toHaveLength(count);
  });

  test('a command that comes while the owner still starts waits for it', async () => {
    const simulator = await freshSimulator();
    const surroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    };
    const owner = startCommand(['listen', '--account', account, '--json'], surroundings);
    const callers = await Promise.all(Array.from({ length: 4 }, () => runCommand(['status', '--json'], surroundings)));
    for (const { code, command } of callers) {
      expect(code).toBe(0);
      expect(command.lines()).toMatchObject([{ type: 'status' }]);
    }
    await owner.until(() => stands(owner, account, 'live'), 'live');
  });

  test('status counts what is stored though nobody listens', async () => {
    const dataDirectory = freshFolder();
    await storeTexts(dataDirectory, [{ text: 'a text', receivedAt: Date.now() }]);
    const { command } = await runCommand(['status', '--json'], { dataDirectory });
    expect(command.lines()).toMatchObject([
      {
        listening: false,
        pid: null,
        sentence: expect.stringMatching(/^Nobody listens/),
        inbox: { total: 1, unread: 1 },
      },
    ]);
    const people = await runCommand(['status'], { dataDirectory });
    expect(people.command.out).toEqual([expect.stringMatching(/^○ Nobody listens/), '1 text stored, 1 unread.']);
  });

  test('status says who listens, and when nobody does', async () => {
    const simulator = await freshSimulator();
    const surroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    };
    const alone = await runCommand(['status'], surroundings);
    expect(alone.command.out.join()).toContain('Nobody listens');
    const owner = startCommand(['listen', '--account', account, '--json'], surroundings);
    await owner.until(() => stands(owner, account, 'live'), 'live');
    const { code, command } = await runCommand(['status', '--json'], surroundings);
    expect(code).toBe(0);
    expect(command.lines()).toMatchObject([{ type: 'status', listening: true, pid: owner.pid, light: 'live' }]);
    const people = await runCommand(['status'], surroundings);
    expect(people.command.out.join('\n')).toContain(`Process ${owner.pid}`);
  });
});
