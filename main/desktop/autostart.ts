import { app } from 'electron';
import type { DesktopPorts } from './ports.ts';

/** Whether the app starts at login, kept by the system itself; changed only when the person says so. */
export interface Autostart {
  /** null where there is no such choice: in a development build. */
  isOn(): boolean | null;
  set(on: boolean): Promise<void>;
}

/** Given to a start at login, which opens no window (config.ts reads it). */
export const hiddenArgument = '--hidden';

/** macOS hands its login items no arguments, but says that it started the app. */
export function startedAtLogin(platform: NodeJS.Platform): boolean {
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

const loginItem = { args: [hiddenArgument] };

/** An entry of the XDG autostart specification. */
function autostartEntry(executable: string): string {
  const quoted = executable.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=ThingSpace SMS Tray',
    `Exec="${quoted}" ${hiddenArgument}`,
    'X-GNOME-Autostart-enabled=true',
  ];
  return `${lines.join('\n')}\n`;
}

type Ports = Pick<DesktopPorts, 'autostartEntry' | 'paths' | 'platform'>;

export async function createAutostart({ autostartEntry: entry, paths, platform }: Ports): Promise<Autostart> {
  if (!app.isPackaged) return { isOn: () => null, set: async () => undefined };
  if (platform !== 'linux') {
    return {
      isOn: () => app.getLoginItemSettings(loginItem).openAtLogin,
      async set(on) {
        app.setLoginItemSettings({ ...loginItem, openAtLogin: on });
      },
    };
  }
  let on = (await entry.read()) !== null;
  return {
    isOn: () => on,
    async set(wanted) {
      await entry.write(wanted ? autostartEntry(paths.executable) : null);
      on = (await entry.read()) !== null;
    },
  };
}
