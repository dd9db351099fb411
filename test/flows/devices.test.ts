import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { startApp } from './app.ts';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';

function firstDevice(simulator: Simulator) {
  const device = simulator.devices().find((each) => each.account === account);
  const [mdn, imei, iccid] = device?.deviceIds ?? [];
  if (!device || !mdn || !imei || !iccid) throw new Error('The simulator has no such device.');
  return { name: device.name, mdn, imei, iccid };
}

describe('devices, from a terminal, of a core that listens', () => {
  test('are listed, named, noted and asked for; their names are in what is printed, searched and waited for', async () => {
    const simulator = await freshSimulator({ accounts: [account] });
    const { mdn, imei, iccid, name } = firstDevice(simulator);
    const surroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    };
    const run = async (...args: string[]) => (await runCommand(args, surroundings)).command;
    const listening = startCommand(['listen', '--account', account, '--json'], surroundings);
    await listening.until(() => stands(listening, account, 'live'), 'live');
    const texts = (text: string, ...deviceIds: (typeof mdn)[]) =>
      simulator.deviceTexts(account, { deviceIds, text }).settled;

    await texts('by number', mdn);
    await texts('by card', iccid);
    expect((await run('devices', '--json')).lines()).toHaveLength(2);
    const asked = await run('devices', 'refresh', '--account', account, '--json');
    expect(asked.lines()).toEqual([{ type: 'devices', account, listed: 5, known: 5 }]);
    const [first, ...others] = (await run('devices', '--json')).lines();
    expect(others).toHaveLength(4);
    expect(first).toMatchObject({
      type: 'device',
      serviceName: name,
      account,
      texts: 2,
      unread: 2,
      deviceIds: [mdn, imei, iccid],
    });

    const named = await run('devices', 'name', `iccid:${iccid.id}`, 'Pump 3', '--json');
    expect(named.lines()).toMatchObject([{ nickname: 'Pump 3', texts: 2 }]);
    await run('devices', 'note', `MDN:${mdn.id}`, 'Behind the gate');
    const people = (await run('devices', '--find', 'pump')).out.join('\n');
    for (const part of ['Pump 3', '2 texts, 2 unread', `mdn:${mdn.id}`, `iccid:${iccid.id}`, 'Behind the gate'])
      expect(people).toContain(part);

    const found = await run('messages', '--query', 'device:pump', '--json');
    expect(found.lines()).toMatchObject([
      { text: 'by card', deviceIds: [iccid], nickname: 'Pump 3' },
      { text: 'by number', deviceIds: [mdn], nickname: 'Pump 3' },
    ]);
    expect((await run('messages')).out[0]).toMatch(/Pump 3 +by card/);

    const waiting = startCommand(['wait', '--query', 'device:pump', '--timeout', '20', '--json'], surroundings);
    await texts('by modem', imei);
    // The wait begins at some moment: a text that came before it does not count, so there are more.
    const repeated = setInterval(() => void texts('by modem again', imei), 300);
    expect(await waiting.exited).toBe(0);
    clearInterval(repeated);
    expect(waiting.lines()[0]).toMatchObject({ nickname: 'Pump 3', deviceIds: [imei] });
    await listening.until(() => listening.linesOf('message').some((line) => line['nickname'] === 'Pump 3'), 'the name');

    await run('devices', 'name', `mdn:${mdn.id}`, '');
    expect((await run('messages', '--query', 'device:pump', '--json')).lines()).toEqual([]);
  });

  test('are refused in words where it is not said which, and told of where there are none', async () => {
    const dataDirectory = freshFolder();
    for (const args of [
      ['devices', 'name', '7022895555', 'x'],
      ['devices', 'note', 'mdn:1'],
      ['devices', 'nme', 'mdn:1', 'x'],
    ]) {
      const { code, command } = await runCommand(args, { dataDirectory });
      expect(code).toBe(2);
      expect(command.err()).toMatch(/KIND:ID|takes it away/);
    }
    const none = await runCommand(['devices'], { dataDirectory });
    expect([none.code, none.command.out, none.command.err()]).toEqual([
      0,
      [],
      expect.stringContaining('devices refresh'),
    ]);
  });
});

describe('the core', () => {
  test('keeps what was sent to a device beside what came, and reads it all at once', async () => {
    const simulator = await freshSimulator({ accounts: [account] });
    const { mdn, imei, iccid } = firstDevice(simulator);
    const app = await startApp(simulator, { dataDirectory: freshFolder(), accounts: [account] });
    await app.until(() => app.stateOf(account) === 'live', 'live');
    const call = async (name: string, input: unknown) => {
      const answered = await app.core.router.handle('window', name, input);
      if (!answered.ok) throw new Error(answered.error.message);
      return answered.value as Record<string, never>;
    };
    await simulator.deviceTexts(account, { deviceIds: [mdn, imei, iccid], text: 'hello' }).settled;
    await app.clock.advance(1000);
    await call('message.send', { account, to: mdn, text: 'PING' });
    await app.until(() => app.texts().includes('PONG'), 'the answer');
    const { device, entries } = (await call('devices.thread', { device: imei })) as unknown as {
      device: { id: number; unread: number };
      entries: readonly { kind: string; message?: { text: string }; sent?: { text: string; to: unknown } }[];
    };
    expect(entries.map(({ message, sent }) => message?.text ?? `> ${sent?.text}`)).toEqual(['PONG', '> PING', 'hello']);
    expect(device.unread).toBe(2);
    const { revision } = app.core.snapshot().inbox;
    expect(await call('devices.markRead', { device: device.id })).toEqual({ changed: 2 });
    expect(app.core.snapshot().inbox).toMatchObject({ unread: 0 });
    expect(app.core.snapshot().inbox.revision).toBeGreaterThan(revision);
    const missing = await app.core.router.handle('window', 'devices.get', { device: { kind: 'mdn', id: '1' } });
    expect(!missing.ok && missing.error.code).toBe('not-found');
  });

  test('asks for the devices of one account, and says in words when ThingSpace does not know it', async () => {
    const accounts = Array.from({ length: 3 }, (_, index) => `0000123456-0000${index + 1}`);
    const simulator = await freshSimulator({ accounts });
    const app = await startApp(simulator, { dataDirectory: freshFolder(), accounts: [] });
    const refreshed = await app.core.router.handle('window', 'devices.refresh', { account });
    expect(refreshed).toEqual({ ok: true, value: { listed: 5, known: 5 } });
    const refused = await app.core.router.handle('window', 'devices.refresh', { account: '9999999999-00001' });
    expect(!refused.ok && refused.error.message).toContain('9999999999-00001');
  });
});
