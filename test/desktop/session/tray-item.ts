import type { SeenItem } from '../person.ts';
import type { Bus } from './bus.ts';
import { propertyMembers, Variant } from './values.ts';

/* A tray icon as a program gives it: StatusNotifierItem with a dbusmenu. In place of Electron's own, which is Chromium's. */

const itemPath = '/StatusNotifierItem';
const menuPath = '/com/canonical/dbusmenu';

export interface TrayFaces {
  readonly title: string;
  tooltip(): string;
  menu(): readonly SeenItem[];
  /** Calls with the labels that lead to what was clicked. */
  readonly onClick: (path: readonly string[]) => void;
  readonly onActivate: () => void;
}

interface Numbered {
  readonly node: Variant;
  readonly paths: ReadonlyMap<number, readonly string[]>;
}

/** The menu as dbusmenu wants it. Numbers are handed out anew each time, in the order of the entries. */
function layout(items: readonly SeenItem[]): Numbered {
  const paths = new Map<number, readonly string[]>();
  let last = 0;
  const node = (item: SeenItem, path: readonly string[]): Variant => {
    last += 1;
    const id = last;
    paths.set(id, path);
    const children = item.items.map((child) => node(child, [...path, child.label]));
    return new Variant('(ia{sv}av)', [id, attributes(item), children]);
  };
  const children = items.map((item) => node(item, [item.label]));
  return { node: new Variant('(ia{sv}av)', [0, {}, children]), paths };
}

function attributes({ label, enabled, checked, items }: SeenItem): Readonly<Record<string, Variant>> {
  if (label === '-') return { type: new Variant('s', 'separator') };
  return {
    label: new Variant('s', label.replaceAll('_', '__')),
    enabled: new Variant('b', enabled),
    ...(items.length > 0 ? { 'children-display': new Variant('s', 'submenu') } : {}),
    ...(checked === null
      ? {}
      : { 'toggle-type': new Variant('s', 'checkmark'), 'toggle-state': new Variant('i', checked ? 1 : 0) }),
  };
}

/** Registers an icon with the session's watcher. */
export async function showTrayItem(bus: Bus, faces: TrayFaces): Promise<void> {
  bus.serve(itemPath, {
    ...propertyMembers(() => ({
      Title: new Variant('s', faces.title),
      Status: new Variant('s', 'Active'),
      Menu: new Variant('o', menuPath),
      ToolTip: new Variant('(sa(iiay)ss)', ['', [], faces.tooltip(), '']),
    })),
    'org.kde.StatusNotifierItem.Activate': () => {
      faces.onActivate();
      return [''];
    },
  });
  bus.serve(menuPath, {
    'com.canonical.dbusmenu.GetLayout': () => ['u(ia{sv}av)', 1, layout(faces.menu()).node.value],
    'com.canonical.dbusmenu.Event': ([id, kind]) => {
      const path = layout(faces.menu()).paths.get(Number(id));
      if (kind === 'clicked' && path) faces.onClick(path);
      return [''];
    },
  });
  await bus.call({
    to: 'org.kde.StatusNotifierWatcher',
    path: '/StatusNotifierWatcher',
    interface: 'org.kde.StatusNotifierWatcher',
    member: 'RegisterStatusNotifierItem',
    signature: 's',
    body: [bus.name],
  });
}
