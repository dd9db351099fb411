import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { Light, Snapshot } from '../../preload/contract/snapshot.ts';
import { type Command, type TrayItem, type TraySurroundings, trayMenu, trayTooltip } from '../core/tray-menu.ts';
import { atMostEvery } from './pace.ts';
import type { DesktopPorts } from './ports.ts';

export interface TrayFace {
  /** Shows `snapshot` at once, or soon when another was shown just before. */
  update(snapshot: Snapshot): void;
}

interface TrayHooks {
  readonly run: (command: Command) => void;
  readonly surroundings: () => TraySurroundings;
}

type Ports = Pick<DesktopPorts, 'clock' | 'paths' | 'platform'>;

/** Shells redraw slowly, and a menu that changes under the pointer cannot be used. */
const updateEveryMs = 500;

function iconPath({ paths, platform }: Ports, light: Light, unread: boolean): string {
  const name = `${light}${unread ? '-unread' : ''}`;
  switch (platform) {
    case 'darwin':
      return `${paths.trayIcons}/macos/${name}Template.png`;
    case 'win32':
      return `${paths.trayIcons}/windows/${name}.ico`;
    default:
      return `${paths.trayIcons}/linux/${name}.png`;
  }
}

function template(items: readonly TrayItem[], run: TrayHooks['run']): MenuItemConstructorOptions[] {
  return items.map((item) => {
    if (item.kind === 'separator') return { type: 'separator' };
    if (item.kind === 'submenu') return { label: item.label, submenu: template(item.items, run) };
    const { label, command, checked } = item;
    if (!command) return { label, enabled: false };
    const click = () => {
      run(command);
    };
    return checked === undefined ? { label, click } : { label, click, type: 'checkbox', checked };
  });
}

/** Draws on `tray` what differs from what it shows already. */
function painter(tray: Tray, ports: Ports, hooks: TrayHooks): (snapshot: Snapshot) => void {
  let [icon, tooltip, menu] = ['', '', ''];
  return (snapshot) => {
    const path = iconPath(ports, snapshot.light, snapshot.inbox.unread > 0);
    if (path !== icon) tray.setImage(nativeImage.createFromPath(path));
    icon = path;
    const words = trayTooltip(snapshot, hooks.surroundings().say);
    if (words !== tooltip) tray.setToolTip(words);
    tooltip = words;
    const items = trayMenu(snapshot, hooks.surroundings());
    const data = JSON.stringify(items);
    // Linux shows only a menu that is set anew; it never tells of the right button.
    if (data !== menu) tray.setContextMenu(Menu.buildFromTemplate(template(items, hooks.run)));
    menu = data;
  };
}

/** The icon beside the clock. */
function createIcon(ports: Ports, first: Snapshot, hooks: TrayHooks): TrayFace {
  const tray = new Tray(nativeImage.createFromPath(iconPath(ports, first.light, first.inbox.unread > 0)));
  // A click on macOS opens the menu.
  if (ports.platform !== 'darwin') {
    tray.on('click', () => {
      hooks.run({ face: 'open', view: { kind: 'messages' } });
    });
  }
  return { update: atMostEvery(ports.clock, updateEveryMs, painter(tray, ports, hooks)) };
}

/** Where the desktop shows no tray icons, the window bears the same menu. */
function createMenuBar({ clock }: Ports, hooks: TrayHooks): TrayFace {
  let menu = '';
  return {
    update: atMostEvery(clock, updateEveryMs, (snapshot) => {
      const items = trayMenu(snapshot, hooks.surroundings());
      const data = JSON.stringify(items);
      if (data === menu) return;
      menu = data;
      const submenu = template(items, hooks.run);
      Menu.setApplicationMenu(
        Menu.buildFromTemplate([{ label: 'ThingSpace SMS Tray', submenu }, { role: 'editMenu' }]),
      );
    }),
  };
}

/** What the person clicks outside the window's page; shows the core's present state at once. */
export function createTray(ports: DesktopPorts, hasTray: boolean, hooks: TrayHooks): TrayFace {
  const first = ports.core.snapshot();
  const face = hasTray ? createIcon(ports, first, hooks) : createMenuBar(ports, hooks);
  face.update(first);
  return face;
}
