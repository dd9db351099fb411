import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { end, startBusDaemon } from '../../fakes/bus-daemon.ts';
import { type Bus, openBus } from './bus.ts';
import { type NotificationDaemon, startNotificationDaemon } from './notification-daemon.ts';
import { startTrayHost, type TrayHost } from './tray-host.ts';

/** A desktop session of its own, with tray and notifications that a test can see and click. */
export interface Session {
  readonly folder: string;
  /** The environment of a program that is to run in it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly tray: TrayHost;
  readonly notifications: NotificationDaemon;
  /** One more peer on its bus. */
  connect(): Promise<Bus>;
  close(): Promise<void>;
}

/** Xvfb at a display that is free; it tells its number on the third descriptor. */
async function startDisplay(): Promise<{ readonly display: string; readonly process: ChildProcess }> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const died = Promise.race([once(server, 'exit'), once(server, 'error')]).then(() =>
    Promise.reject(new Error('Xvfb did not start')),
  );
  const [number] = (await Promise.race([once(server.stdio[3] as Readable, 'data'), died])) as [Buffer];
  return { display: `:${number.toString().trim()}`, process: server };
}

/** `display`: with a screen to draw on, for programs that have windows. */
export async function startSession(display: boolean): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'session-'));
  const runtime = join(folder, 'runtime');
  mkdirSync(runtime, { mode: 0o700 });
  const daemon = await startBusDaemon(folder);
  const screen = display ? await startDisplay() : null;
  const [panel, shell] = [await openBus(daemon.address), await openBus(daemon.address)];
  const buses = [panel, shell];
  return {
    folder,
    environment: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      XDG_RUNTIME_DIR: runtime,
      DBUS_SESSION_BUS_ADDRESS: daemon.address,
      ...(screen ? { DISPLAY: screen.display } : {}),
    },
    tray: await startTrayHost(panel),
    notifications: await startNotificationDaemon(shell),
    async connect() {
      const bus = await openBus(daemon.address);
      buses.push(bus);
      return bus;
    },
    async close() {
      for (const bus of buses) bus.close();
      await end(screen?.process ?? null);
      await daemon.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
