import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createClock } from '../../main/adapters/clock.ts';
import { findTray } from '../../main/desktop-ports.ts';
import { startBusDaemon } from '../fakes/bus-daemon.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { openBus } from './session/bus.ts';
import { startSession } from './session/session.ts';
import { startTrayHost } from './session/tray-host.ts';

/* Whether a desktop shows tray icons, asked of a real D-Bus session. */

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a desktop with a host of tray icons shows one', async () => {
  const session = await startSession(false);
  try {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', session.environment['DBUS_SESSION_BUS_ADDRESS'] ?? '');
    expect(await findTray('linux', createClock())).toBe(true);
  } finally {
    await session.close();
  }
});

test('one without shows none, but is given time to start its panel after a login', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bus-'));
  const daemon = await startBusDaemon(folder);
  const bus = await openBus(daemon.address);
  try {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', daemon.address);
    const clock = createFakeClock();
    const asked = findTray('linux', clock);
    // The first answer came, and the next look waits.
    await vi.waitFor(() => expect(clock.waiting()).toBe(1), { timeout: 10_000 });
    clock.jump(60_000);
    await clock.advance(1_000);
    expect(await asked).toBe(false);

    const later = findTray('linux', createClock());
    await startTrayHost(bus);
    expect(await later).toBe(true);
  } finally {
    bus.close();
    await daemon.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('where nobody can be asked, and on other systems, a tray is assumed', async () => {
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nowhere/bus');
  expect(await findTray('linux', createClock())).toBe(true);
  expect(await findTray('darwin', createClock())).toBe(true);
});
