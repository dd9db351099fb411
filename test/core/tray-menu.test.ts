import { describe, expect, test } from 'vitest';
import { clockTime, mutesAfter, type TrayItem, trayMenu, trayTooltip } from '../../main/core/tray-menu.ts';
import { createLanguages } from '../../main/core/words/language.ts';
import { methods } from '../../preload/contract/methods.ts';
import type { Action } from '../../preload/contract/snapshot.ts';
import { sampleAccount, sampleSnapshot } from '../fakes/samples.ts';

const english = createLanguages()('en', []);

const now = Date.parse('2026-03-04T12:00:00Z');
const surroundings = { now, mutes: [], update: null, autostart: null, say: english };
const everything = { kind: 'everything' } as const;

function flat(items: readonly TrayItem[]): readonly TrayItem[] {
  return items.flatMap((item) => (item.kind === 'submenu' ? [item, ...flat(item.items)] : [item]));
}

function labels(items: readonly TrayItem[]): readonly string[] {
  return flat(items).map((item) => (item.kind === 'separator' ? '-' : item.label));
}

function command(items: readonly TrayItem[], label: string) {
  const found = flat(items).find((item) => item.kind === 'item' && item.label === label);
  return found?.kind === 'item' ? found.command : undefined;
}

describe('the tray menu', () => {
  test('begins with the sentence', () => {
    const [first] = trayMenu(sampleSnapshot(), surroundings);
    expect(first).toEqual({ kind: 'item', label: 'Listening, nothing is missing.', command: null });
  });

  test('has for each account its sentence, last text and what can be done', () => {
    const accounts = [
      sampleAccount({ sentence: 'Live by callbacks.', unread: 3, lastTextAt: '2026-03-04T11:59:00.000Z' }),
    ];
    const menu = trayMenu(sampleSnapshot({ accounts }), surroundings);
    const account = menu.find((item) => item.kind === 'submenu');
    expect(account?.kind === 'submenu' && labels([account])).toEqual([
      '0000123456-00001 (3 unread)',
      'Live by callbacks.',
      `Last text ${clockTime(now - 60_000, now)}`,
      '-',
      'Start callbacks',
      'Fetch the queue now',
      'Stop',
      'Mute for an hour',
    ]);
    const input = { account: '0000123456-00001' };
    expect(command(menu, 'Start callbacks')).toEqual({ call: { method: 'account.startCallbacks', input } });
    expect(command(menu, 'Fetch the queue now')).toEqual({ call: { method: 'account.drain', input } });
    expect(command(menu, 'Stop')).toEqual({ call: { method: 'account.stop', input } });
  });

  test('calls fetching what it does where the queue is only looked at: what waits is taken out of it', () => {
    const menu = trayMenu(sampleSnapshot({ accounts: [sampleAccount({ mode: 'peek' })] }), surroundings);
    const input = { account: '0000123456-00001' };
    expect(command(menu, 'Take what waits out of the queue')).toEqual({ call: { method: 'account.drain', input } });
  });

  test('offers to resume an account that was stopped, and no start where there is none', () => {
    const menu = trayMenu(
      sampleSnapshot({ accounts: [sampleAccount({ state: 'off', light: 'off', canStartCallbacks: false })] }),
      surroundings,
    );
    expect(command(menu, 'Resume')).toEqual({
      call: { method: 'account.resume', input: { account: '0000123456-00001' } },
    });
    expect(command(menu, 'Start callbacks')).toBeNull();
  });

  test('shows names with & as they are, and cleans what comes from outside', () => {
    const accounts = [sampleAccount({ name: 'R&D\u202E', sentence: 'Held by a&b.example' })];
    expect(labels(trayMenu(sampleSnapshot({ accounts }), surroundings))).toEqual(
      expect.arrayContaining(['R&&D', 'Held by a&&b.example']),
    );
  });

  test('pauses, resumes, mutes, copies and quits', () => {
    const menu = trayMenu(sampleSnapshot({ publicOrigin: 'https://ops.example.com' }), surroundings);
    expect(command(menu, 'Pause')).toEqual({ call: { method: 'app.pause', input: {} } });
    expect(command(menu, 'Copy the public URL')).toEqual({ face: 'copy', text: 'https://ops.example.com' });
    expect(command(menu, 'Mute notifications for an hour')).toEqual({
      face: 'mute',
      of: everything,
      forMs: 3_600_000,
    });
    expect(command(menu, 'Settings…')).toEqual({ face: 'open', view: { kind: 'settings' } });
    expect(command(menu, 'Quit')).toEqual({ face: 'quit' });
    const paused = trayMenu(sampleSnapshot({ paused: true, accounts: [] }), {
      ...surroundings,
      mutes: [{ of: everything, until: new Date(now + 1).toISOString() }],
    });
    expect(command(paused, 'Resume')).toEqual({ call: { method: 'app.resume', input: {} } });
    expect(command(paused, 'Pause')).toBeUndefined();
    const unmute = `Show notifications again (muted until ${clockTime(now + 1, now)})`;
    expect(command(paused, unmute)).toEqual({ face: 'mute', of: everything, forMs: null });
  });

  test('checks, reports, and offers a release that is there', () => {
    const menu = trayMenu(sampleSnapshot(), { ...surroundings, update: '0.2.0' });
    expect(command(menu, 'Check the connection…')).toEqual({ face: 'check' });
    expect(command(menu, 'Save a problem report…')).toEqual({ face: 'report' });
    expect(command(menu, 'Update to 0.2.0…')).toEqual({ face: 'update' });
    expect(labels(trayMenu(sampleSnapshot(), surroundings)).some((label) => label.startsWith('Update'))).toBe(false);
  });

  test('mutes one account for an hour, keeps the mutes of others, and forgets those that are over', () => {
    const of = { kind: 'account', account: '0000123456-00001' } as const;
    const over = { of: { kind: 'device', id: '5551230001' }, until: new Date(now - 1).toISOString() } as const;
    const kept = { of: { kind: 'device', id: '5551230002' }, until: null } as const;
    const click = { face: 'mute', of, forMs: 3_600_000 } as const;
    expect(command(trayMenu(sampleSnapshot(), surroundings), 'Mute for an hour')).toEqual(click);
    const mutes = mutesAfter([over, kept], click, now);
    expect(mutes).toEqual([kept, { of, until: new Date(now + 3_600_000).toISOString() }]);
    const again = labels(trayMenu(sampleSnapshot(), { ...surroundings, mutes }));
    expect(again).toContain(`Show notifications again (muted until ${clockTime(now + 3_600_000, now)})`);
    expect(mutesAfter(mutes, { ...click, forMs: null }, now)).toEqual([kept]);
  });

  test('leads out of the simulator while that is shown, and only then', () => {
    expect(labels(trayMenu(sampleSnapshot({ demo: 'offered' }), surroundings))).not.toContain('Leave the simulator');
    expect(command(trayMenu(sampleSnapshot({ demo: 'shown' }), surroundings), 'Leave the simulator')).toEqual({
      call: { method: 'demo.leave', input: {} },
    });
  });

  test('offers to start at login only where the system can', () => {
    expect(command(trayMenu(sampleSnapshot(), surroundings), 'Start at login')).toBeUndefined();
    const menu = trayMenu(sampleSnapshot(), { ...surroundings, autostart: true });
    expect(menu).toContainEqual({
      kind: 'item',
      label: 'Start at login',
      command: { face: 'autostart', on: false },
      checked: true,
    });
  });

  test.each<[Action, unknown]>([
    [{ kind: 'retry', label: 'Try again' }, { call: { method: 'app.retry', input: {} } }],
    [{ kind: 'resume', label: 'Go on' }, { call: { method: 'app.resume', input: {} } }],
    [
      { kind: 'sign-in', label: 'Sign in…' },
      { face: 'open', view: { kind: 'settings' } },
    ],
    [
      { kind: 'settings', label: 'Open the settings…' },
      { face: 'open', view: { kind: 'settings', section: 'way-in' } },
    ],
    [
      { kind: 'add-account', label: 'Add an account…' },
      { face: 'open', view: { kind: 'messages' } },
    ],
    [
      { kind: 'take-over', label: 'Take it over…', account: 'A' },
      { face: 'open', view: { kind: 'messages' } },
    ],
  ])('offers %j second, and never takes a callback over without asking', (action, expected) => {
    const [, second] = trayMenu(sampleSnapshot({ action }), surroundings);
    expect(second).toEqual({ kind: 'item', label: action.label, command: expected });
  });

  test('calls only what the contract lists, with input that parses', () => {
    const menus = [sampleSnapshot(), sampleSnapshot({ paused: true, accounts: [sampleAccount({ state: 'off' })] })];
    const calls = menus
      .flatMap((snapshot) => flat(trayMenu(snapshot, surroundings)))
      .flatMap((item) => (item.kind === 'item' && item.command && 'call' in item.command ? [item.command.call] : []));
    expect(calls.length).toBeGreaterThan(4);
    for (const { method, input } of calls) expect(methods[method].input.safeParse(input).success).toBe(true);
  });

  test('does not change while only the time goes on', () => {
    expect(trayMenu(sampleSnapshot(), surroundings)).toEqual(
      trayMenu(sampleSnapshot(), { ...surroundings, now: now + 5 }),
    );
  });

  test('has a tooltip that fits Windows', () => {
    expect(trayTooltip(sampleSnapshot(), english)).toBe('Listening, nothing is missing.');
    const inbox = { total: 9, unread: 4, newest: 9, revision: 9, unverified: 0 };
    expect(trayTooltip(sampleSnapshot({ inbox }), english)).toBe('Listening, nothing is missing. 4 unread.');
    expect(trayTooltip(sampleSnapshot({ sentence: 'x'.repeat(500) }), english)).toHaveLength(127);
  });

  test('gives older times their date', () => {
    const local = new Date(2026, 0, 2, 3, 4, 5).getTime();
    expect(clockTime(local, local)).toBe('03:04:05');
    expect(clockTime(local, local + 48 * 3_600_000)).toBe('2026-01-02 03:04:05');
  });
});
