import { setTimeout as pause } from 'node:timers/promises';
import type { Bus } from './bus.ts';
import { plain, propertyMembers, Variant, words } from './values.ts';

/*
 * What a panel does with tray icons: the watcher that programs register with (StatusNotifierItem, as KDE wrote it down)
 * and a host that reads their menus (com.canonical.dbusmenu) and clicks in them.
 */

const watcherPath = '/StatusNotifierWatcher';
const watcherName = 'org.kde.StatusNotifierWatcher';
const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';
const properties = 'org.freedesktop.DBus.Properties';

export interface MenuEntry {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
  readonly separator: boolean;
  readonly checked: boolean | null;
  readonly entries: readonly MenuEntry[];
}

export interface TrayItem {
  readonly title: string;
  readonly tooltip: string;
  /** Width and height of each picture that it gives of itself. */
  readonly pictures: readonly (readonly [number, number])[];
  /** As it is now. */
  menu(): Promise<readonly MenuEntry[]>;
  /** Clicks the entry at the end of the path of labels; waits until it is there and enabled. */
  click(...path: readonly string[]): Promise<void>;
  /** What the left button does. */
  activate(): Promise<void>;
}

export interface TrayHost {
  /** The first icon that registers. */
  item(): Promise<TrayItem>;
}

interface Place {
  readonly to: string;
  readonly path: string;
}

const patienceMs = 20_000;
const lookEveryMs = 50;

export async function until<T>(look: () => Promise<T | null> | T | null, what: string, ms = patienceMs): Promise<T> {
  for (const end = Date.now() + ms; ; await pause(lookEveryMs)) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${ms / 1000} s`);
  }
}

/** Programs give a name of theirs, or the path of their icon on their own connection. */
function placeOf(given: string, sender: string): Place {
  return given.startsWith('/') ? { to: sender, path: given } : { to: given, path: '/StatusNotifierItem' };
}

/** `_` marks the next letter in dbusmenu; a doubled one stands for itself. */
function labelOf(label: string): string {
  return label.replaceAll(/_(_?)/g, '$1');
}

function entryOf(node: unknown): MenuEntry {
  const [id, given, children] = plain(node) as [number, Readonly<Record<string, Variant>>, readonly unknown[]];
  const toggle = plain(given['toggle-state']);
  return {
    id,
    label: labelOf(words(given['label'])),
    enabled: plain(given['enabled']) !== false,
    separator: plain(given['type']) === 'separator',
    checked: plain(given['toggle-type']) === 'checkmark' ? toggle === 1 : null,
    entries: children.map(entryOf),
  };
}

async function readItem(bus: Bus, place: Place): Promise<TrayItem> {
  const [all] = await bus.call({
    ...place,
    interface: properties,
    member: 'GetAll',
    signature: 's',
    body: [itemInterface],
  });
  const given = all as Readonly<Record<string, Variant>>;
  const [, , tooltipTitle, tooltipText] = (plain(given['ToolTip']) ?? ['', [], '', '']) as readonly unknown[];
  const menuPath = words(given['Menu']) || '/com/canonical/dbusmenu';
  const onMenu = { to: place.to, path: menuPath, interface: menuInterface };

  const menu = async () => {
    const [, root] = await bus.call({ ...onMenu, member: 'GetLayout', signature: 'iias', body: [0, -1, []] });
    return entryOf(root).entries;
  };
  const find = async (path: readonly string[]): Promise<MenuEntry | null> => {
    let entries = await menu();
    let found: MenuEntry | undefined;
    for (const label of path) {
      found = entries.find((entry) => entry.label === label);
      entries = found?.entries ?? [];
    }
    return found?.enabled ? found : null;
  };
  return {
    title: words(given['Title']),
    tooltip: [tooltipTitle, tooltipText].filter(Boolean).join(' '),
    pictures: ((plain(given['IconPixmap']) ?? []) as readonly (readonly [number, number])[]).map(
      ([width, height]) => [width, height] as const,
    ),
    menu,
    async click(...path) {
      const { id } = await until(() => find(path), `the menu entry ${path.join(' › ')}`);
      const body = [id, 'clicked', new Variant('s', ''), 0];
      await bus.call({ ...onMenu, member: 'Event', signature: 'isvu', body });
    },
    async activate() {
      await bus.call({ ...place, interface: itemInterface, member: 'Activate', signature: 'ii', body: [0, 0] });
    },
  };
}

/** Makes the session one that shows tray icons. */
export async function startTrayHost(bus: Bus): Promise<TrayHost> {
  const items: Place[] = [];
  const name = ({ to, path }: Place): string => `${to}${path}`;
  bus.serve(watcherPath, {
    ...propertyMembers(() => ({
      RegisteredStatusNotifierItems: new Variant('as', items.map(name)),
      IsStatusNotifierHostRegistered: new Variant('b', true),
      ProtocolVersion: new Variant('i', 0),
    })),
    [`${watcherName}.RegisterStatusNotifierHost`]: () => [''],
    [`${watcherName}.RegisterStatusNotifierItem`]: ([given], sender) => {
      const place = placeOf(String(given), sender);
      items.push(place);
      bus.signal(watcherPath, watcherName, 'StatusNotifierItemRegistered', 's', [name(place)]);
      return [''];
    },
  });
  await bus.own(watcherName);
  return {
    async item() {
      return readItem(bus, await until(() => items[0] ?? null, 'a tray icon'));
    },
  };
}
