import { app, clipboard } from 'electron';
import type { MethodName } from '../../preload/contract/methods.ts';
import { type Command, type FaceCommand, mutesAfter } from '../core/tray-menu.ts';
import type { Autostart } from './autostart.ts';
import { checkEverything } from './checking.ts';
import type { Notifications } from './notifications.ts';
import type { DesktopPorts } from './ports.ts';
import { saveReport } from './report.ts';
import type { Updates } from './updating.ts';
import type { Windows } from './windows.ts';

/** What the desktop is made of. */
export interface Parts {
  readonly ports: DesktopPorts;
  readonly windows: Windows;
  readonly notifications: Notifications;
  readonly autostart: Autostart;
  readonly updates: Updates;
}

function tellIfAny({ notifications }: Pick<Parts, 'notifications'>, failure: string | null): void {
  if (failure !== null) notifications.tell({ title: 'ThingSpace SMS Tray', body: failure });
}

/** A call that fails is told in the core's own words. */
async function call(parts: Pick<Parts, 'notifications' | 'ports'>, method: MethodName, input: unknown): Promise<void> {
  const result = await parts.ports.core.router.handle('window', method, input);
  tellIfAny(parts, result.ok ? null : result.error.message);
}

/** A change of mutes, through the contract like any other change of the settings. */
async function mute({ ports, notifications }: Parts, command: Extract<FaceCommand, { face: 'mute' }>): Promise<void> {
  const mutes = mutesAfter(ports.core.settings().mutes, command, ports.clock.now());
  await call({ ports, notifications }, 'settings.change', { mutes });
  notifications.feed({ type: 'choices' });
}

async function perform(parts: Parts, command: FaceCommand): Promise<void> {
  const { ports, windows, notifications, autostart, updates } = parts;
  switch (command.face) {
    case 'open':
      return windows.open(command.view);
    case 'copy':
      return clipboard.writeText(command.text).catch(() => {
        notifications.tell({ title: 'The public URL was not copied', body: command.text });
      });
    case 'mute':
      return mute(parts, command);
    case 'check':
      return tellIfAny(parts, await checkEverything(ports));
    case 'report':
      return tellIfAny(parts, await saveReport(ports));
    case 'update':
      return tellIfAny(parts, await updates.update());
    case 'autostart':
      return autostart.set(command.on);
    case 'quit':
      return app.quit();
  }
}

/** What a click in the tray menu does. */
export async function run(parts: Parts, command: Command): Promise<void> {
  return 'call' in command ? call(parts, command.call.method, command.call.input) : perform(parts, command);
}
