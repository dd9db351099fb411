import { describe, expect, test } from 'vitest';
import { gapSentence } from '../../main/core/gap.ts';
import { trayMenu } from '../../main/core/tray-menu.ts';
import { createLanguages } from '../../main/core/words/language.ts';
import type { Simulator } from '../../main/simulator/server.ts';
import { startApp } from './app.ts';
import { credentialsOf, runCommand, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const english = createLanguages()('en', []);

const account = '0000123456-00001';
const device = [{ id: '7022895555', kind: 'mdn' }];
const hour = 3_600_000;

function queueTexts(simulator: Simulator, count: number): void {
  for (let index = 0; index < count; index += 1)
    simulator.queueText(account, { deviceIds: device, text: `queued ${index}` });
}

describe('a laptop that was asleep for 8 hours, with 214 texts queued', () => {
  test('catches up before it says live again, and reports the gap exactly', async () => {
    const simulator = await freshSimulator({ switches: { pageSize: 50 } });
    const app = await startApp(simulator, { dataDirectory: freshFolder(), accounts: [account] });
    await app.until(() => app.stateOf(account) === 'live', 'live');
    queueTexts(simulator, 214);
    const asleepFrom = app.clock.now();
    app.clock.jump(8 * hour);
    await app.until(() => app.happenings.some(({ type }) => type === 'gap'), 'the gap report');
    const states = app.happenings.flatMap((happening) => (happening.type === 'account' ? [happening.state] : []));
    expect(states.slice(states.indexOf('live'))).toContain('catching-up');
    await app.until(() => app.stateOf(account) === 'live', 'live again');
    const gaps = app.happenings.flatMap((happening) => (happening.type === 'gap' ? [happening.gap] : []));
    expect(gaps).toMatchObject([{ account, fetched: 214, pending: 0 }]);
    const [gap] = gaps;
    // The watchdog ticks every 5 s: the beginning is known that exactly.
    expect(Math.abs(Date.parse(gap?.from ?? '') - asleepFrom)).toBeLessThanOrEqual(5000);
    expect(Date.parse(gap?.to ?? '') - asleepFrom).toBeGreaterThanOrEqual(8 * hour);
    expect(new Set(app.texts()).size).toBe(214);
    expect(app.texts()).toHaveLength(214);
    expect(simulator.counts(account).queued).toBe(0);
    const timeline = await app.core.router.handle('terminal', 'timeline.page', {});
    expect(JSON.stringify(timeline)).toContain('214 fetched from the queue, 0 pending');
    expect(app.core.snapshot().accounts[0]?.lastGap).toEqual(gap);
    const menu = trayMenu(app.core.snapshot(), {
      now: app.clock.now(),
      mutes: [],
      update: null,
      autostart: null,
      say: english,
    });
    expect(JSON.stringify(menu)).toMatch(/Unreachable [^"]+; 214 fetched from the queue, 0 pending\./);
  });
});

describe('an app that is paused for two hours', () => {
  test('reports from when on, and what came meanwhile', async () => {
    const simulator = await freshSimulator();
    const app = await startApp(simulator, { dataDirectory: freshFolder(), accounts: [account] });
    await app.until(() => app.stateOf(account) === 'live', 'live');
    await app.core.router.handle('window', 'app.pause', {});
    await app.until(() => simulator.registrations(account).length === 0, 'given back');
    const pausedAt = app.clock.now();
    queueTexts(simulator, 3);
    app.clock.jump(2 * hour);
    await app.core.router.handle('window', 'app.resume', {});
    await app.until(() => app.happenings.some(({ type }) => type === 'gap'), 'the report');
    const gaps = app.happenings.flatMap((happening) => (happening.type === 'gap' ? [happening.gap] : []));
    expect(gaps).toMatchObject([{ account, fetched: 3, pending: 0, chosen: 'paused' }]);
    expect(Math.abs(Date.parse(gaps[0]?.from ?? '') - pausedAt)).toBeLessThanOrEqual(60_000);
  });
});

describe('an account that was only looked at for an hour', () => {
  test('has a report that tells what was chosen, not that it could not be reached', async () => {
    const simulator = await freshSimulator();
    const app = await startApp(simulator, { dataDirectory: freshFolder(), accounts: [account] });
    const choose = (mode: string) => app.core.router.handle('window', 'account.add', { account, mode });
    await app.until(() => app.stateOf(account) === 'live', 'live');
    await choose('peek');
    await app.until(() => app.stateOf(account) === 'polling', 'looking');
    queueTexts(simulator, 2);
    app.clock.jump(hour);
    await choose('auto');
    await app.until(() => app.happenings.some(({ type }) => type === 'gap'), 'the report');
    const gaps = app.happenings.flatMap((happening) => (happening.type === 'gap' ? [happening.gap] : []));
    expect(gaps).toMatchObject([{ account, fetched: 2, pending: 0, chosen: 'looked-at' }]);
    const timeline = await app.core.router.handle('terminal', 'timeline.page', {});
    expect(JSON.stringify(timeline)).toMatch(/"Only looked at [^"]+; 2 fetched from the queue, 0 pending\."/);
  });
});

describe('an account whose queue is fetched every minute', () => {
  test('has no gap when a fetch brings texts, and one when fetching failed for a while', async () => {
    const simulator = await freshSimulator();
    const run = { accounts: [account], mode: 'poll', takeOver: false, pollIntervalMs: 60_000 } as const;
    const app = await startApp(simulator, { dataDirectory: freshFolder(), accounts: [account], config: { run } });
    const gaps = () => app.happenings.flatMap((happening) => (happening.type === 'gap' ? [happening.gap] : []));
    await app.until(() => app.stateOf(account) === 'polling', 'polling');
    for (let minute = 0; minute < 3; minute += 1) {
      queueTexts(simulator, 2);
      await app.clock.advance(60_000);
      await app.until(() => simulator.counts(account).queued === 0, 'fetched');
    }
    expect(gaps()).toEqual([]);
    const before = app.clock.now();
    simulator.addFault({ route: 'any', kind: 'status', status: 503 });
    for (let minute = 0; minute < 30; minute += 1) await app.clock.advance(60_000);
    queueTexts(simulator, 5);
    simulator.clearFaults();
    const after = app.clock.now();
    for (let minute = 0; minute < 16; minute += 1) await app.clock.advance(60_000);
    await app.until(() => gaps().length > 0, 'the report');
    expect(gaps()).toMatchObject([{ account, fetched: 5, pending: 0 }]);
    expect(Math.abs(Date.parse(gaps()[0]?.from ?? '') - before)).toBeLessThanOrEqual(120_000);
    expect(Date.parse(gaps()[0]?.to ?? '')).toBeGreaterThanOrEqual(after);
  });
});

describe('a gap report', () => {
  test('is shown in the terminal as it comes, by status and timeline, and still after a restart', async () => {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    const surroundings = { dataDirectory, apiBase: simulator.origin, environment: credentialsOf(simulator) };
    const listen = () => startCommand(['listen', '--account', account], surroundings);
    queueTexts(simulator, 3);
    const report = 'Caught up: 3 fetched from the queue, 0 pending.';
    const first = listen();
    await first.until(({ err }) => err().includes(report), 'the report');
    const shown = async (...args: readonly string[]) =>
      (await runCommand(args, { dataDirectory })).command.out.join('\n');
    expect(await shown('status')).toContain(report);
    first.signal('SIGTERM');
    await first.exited;
    expect(await shown('timeline')).toContain(report);
    const second = listen();
    await second.until(({ err }) => err().includes(`${account} live`), 'live again');
    expect(await shown('status')).toContain(report);
    const [status] = (await runCommand(['status', '--json'], { dataDirectory })).command.lines();
    expect(status).toMatchObject({ accounts: [{ name: account, lastGap: { fetched: 3, pending: 0, from: null } }] });
    const lines = (await runCommand(['timeline', '--json'], { dataDirectory })).command.lines();
    expect(lines).toContainEqual(expect.objectContaining({ type: 'happened', kind: 'gap', account, text: report }));
    second.signal('SIGTERM');
    await second.exited;
  });
});

describe('the gap in words', () => {
  const gap = {
    account,
    from: '2026-11-23T03:12:00.000Z',
    to: '2026-11-23T07:40:00.000Z',
    fetched: 214,
    pending: 0,
    chosen: null,
  };
  test('says from when to when, what the queue brought and what still waits', () => {
    expect(gapSentence(gap)).toMatch(/^Unreachable \d\d:\d\d–\d\d:\d\d; 214 fetched from the queue, 0 pending\.$/);
  });
  test('names the days when they differ', () => {
    expect(gapSentence({ ...gap, from: '2026-11-20T03:12:00.000Z' })).toMatch(
      /^Unreachable 2026-11-\d\d \d\d:\d\d–2026-11-\d\d/,
    );
  });
  test('names the day when it is not today', () => {
    const later = Date.parse('2026-11-25T12:00:00.000Z');
    expect(gapSentence(gap, later)).toMatch(/^Unreachable 2026-11-23 \d\d:\d\d–2026-11-23 \d\d:\d\d; 214/);
    expect(gapSentence({ ...gap, from: null }, later)).toMatch(/^Caught up 2026-11-23 \d\d:\d\d: 214/);
  });
  test('says nothing of a beginning that is not known', () => {
    expect(gapSentence({ ...gap, from: null })).toBe('Caught up: 214 fetched from the queue, 0 pending.');
  });
});
