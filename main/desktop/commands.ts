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

/** Does what the desktop does itself; answers a sentence for the person, or null. */
export async function perform(parts: Parts, command: FaceCommand): Promise<string | null> {
  const { ports, windows, notifications, autostart, updates } = parts;
  switch (command.face) {
    case 'open':
      windows.open(command.view);
      return null;
    case 'copy':
      await clipboard.writeText(command.text).catch(() => {
        notifications.tell({ title: 'The public URL was not copied', body: command.text });
      });
      return null;
    case 'mute':
      await mute(parts, command);
      return null;
    case 'check':
      return checkEverything(ports);
    case 'report':
      return saveReport(ports);
    case 'update':
      return updates.update();
    case 'look':
      return updates.look();
    case 'autostart':
      await autostart.set(command.on);
      return null;
    case 'quit':
      app.quit();
      return null;
  }
}

/** What a click in the tray menu does. */
export async function run(parts: Parts, command: Command): Promise<void> {
  if ('call' in command) return call(parts, command.call.method, command.call.input);
  tellIfAny(parts, await perform(parts, command));
}
