import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Light } from '../../preload/contract/snapshot.ts';
import { registerStranger } from '../flows/stranger.ts';
import { appAddress, type BuiltPlace, freshPlace, listening, patience, snapshot } from './built-place.ts';
import type { SeenItem } from './person.ts';
import type { RunningApp } from './running-app.ts';

let place: BuiltPlace;

beforeEach(async () => {
  place = await freshPlace();
});

afterEach(async () => {
  await place.close();
});

async function menu(app: RunningApp): Promise<readonly SeenItem[]> {
  return await app.ask<readonly SeenItem[]>('menu');
}

function clickable(items: readonly SeenItem[]): readonly string[] {
  return items.flatMap(({ label, enabled, items: inner }) =>
    inner.length > 0 ? clickable(inner) : enabled && label !== '-' ? [label] : [],
  );
}

/** The tray as a person sees it at the moment. */
async function shown(app: RunningApp, light: Light): Promise<void> {
  await vi.waitFor(async () => {
    const { image, tooltip } = await app.ask<{ image: string; tooltip: string }>('tray');
    const { sentence, light: now } = await snapshot(app);
    const [first] = await menu(app);
    expect(now).toBe(light);
    expect(image).toMatch(new RegExp(`/linux/${light}(-unread)?\\.png$`));
    // What is long is cut at the end.
    expect(first?.label.slice(0, 90)).toBe(sentence.slice(0, 90));
    expect(first?.enabled).toBe(false);
    expect(tooltip.startsWith(sentence.slice(0, 100))).toBe(true);
  }, patience);
}

describe('the tray of the built app', { timeout: 90_000 }, () => {
  test('shows every state that the core can be in, as icon, first line and tooltip', async () => {
    const { simulator } = place;
    const app = await place.started();
    await shown(app, 'off');

    const account = await listening(app, simulator);
    await shown(app, 'live');

    await app.ask('clickMenu', 'Pause');
    await shown(app, 'paused');

    // Slow, so that what comes next is seen.
    simulator.setSwitches({ latencyMs: 700 });
    simulator.expireSessions();
    simulator.expireTokens();
    await app.ask('clickMenu', 'Resume');
    await shown(app, 'starting');
    simulator.setSwitches({ latencyMs: 0 });
    await shown(app, 'live');

    const [device] = simulator.devices();
    for (let text = 0; text < 300; text += 1)
      simulator.queueText(account, { deviceIds: device?.deviceIds ?? [], text: `text ${text}` });
    simulator.setSwitches({ pageSize: 10, latencyMs: 250 });
    await app.ask('resume');
    await shown(app, 'catching-up');
    simulator.setSwitches({ pageSize: 100, latencyMs: 0 });
    await shown(app, 'live');
    expect((await app.ask<{ image: string }>('tray')).image).toContain('live-unread');

    const other = simulator.accounts[1] ?? '';
    await registerStranger(simulator, other);
    expect(await app.ask('call', 'account.add', { account: other, mode: 'auto' })).toMatchObject({ ok: true });
    await shown(app, 'needs-you');
    expect(await app.ask('call', 'account.remove', { account: other })).toMatchObject({ ok: true });
    await shown(app, 'live');

    // Nobody answers there: texts come by the second way.
    const settings = { publicUrl: 'http://127.0.0.1:50559', listenerPort: null };
    expect(await app.ask('call', 'settings.change', settings)).toMatchObject({ ok: true });
    await shown(app, 'degraded');
  });

  test('hands every click to where it belongs, and has no entry that this test does not know', async () => {
    const { simulator, home } = place;
    const app = await place.started();
    const account = await listening(app, simulator);
    await vi.waitFor(async () => {
      expect(clickable(await menu(app))).toContain('Copy the public URL');
      expect(clickable(await menu(app))).toContain('Start callbacks');
    }, patience);
    const report = join(home, 'report.txt');
    await app.ask('saveTo', report);
    const asked = (route: string) => simulator.requests().filter((request) => request.route === route).length;
    const urls = async () => (await app.ask<readonly { urls: string[] }[]>('windows')).flatMap((window) => window.urls);
    const changed = (route: string) => {
      const before = asked(route);
      return () => expect(asked(route)).toBeGreaterThan(before);
    };
    const known: readonly (readonly [path: readonly string[], proof: () => (() => void) | (() => Promise<void>)])[] = [
      [[account, 'Start callbacks'], () => changed('start-callbacks')],
      [[account, 'Fetch the queue now'], () => changed('history')],
      [[account, 'Mute for an hour'], () => () => expectMutes(app, 1)],
      [['Mute notifications for an hour'], () => () => expectMutes(app, 2)],
      [
        ['Copy the public URL'],
        () => async () => expect(await app.ask('clipboard')).toBe((await snapshot(app)).publicOrigin),
      ],
      [['Check the connection…'], () => async () => expect(await app.ask('questions')).toHaveLength(1)],
      [
        ['Save a problem report…'],
        () => async () => expect(await readFile(report, 'utf8')).toContain('problem report'),
      ],
      [['Settings…'], () => async () => expect(await urls()).toContain(`${appAddress}#/settings`)],
      [['Open'], () => async () => expect((await app.ask<readonly unknown[]>('windows')).length).toBe(1)],
      [[account, 'Stop'], () => async () => expect((await snapshot(app)).accounts[0]?.state).toBe('off')],
      [['Pause'], () => async () => expect((await snapshot(app)).paused).toBe(true)],
    ];
    const labels = known.map(([path]) => path.at(-1) ?? '');
    // The last one ends it: built-app.test.ts.
    expect(new Set(clickable(await menu(app)))).toEqual(new Set([...labels, 'Quit']));
    for (const [path, proof] of known) {
      const proved = proof();
      await vi.waitFor(() => app.ask('clickMenu', ...path), patience);
      await vi.waitFor(proved, patience);
    }
  });
});

async function expectMutes(app: RunningApp, count: number): Promise<void> {
  const settings = await app.ask<{ value: { mutes: readonly unknown[] } }>('call', 'settings.get', {});
  expect(settings.value.mutes).toHaveLength(count);
}
