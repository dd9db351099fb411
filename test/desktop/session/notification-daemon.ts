import type { Bus } from './bus.ts';
import { until } from './tray-host.ts';
import { plain, type Variant } from './values.ts';

/* What a desktop does with notifications (Desktop Notifications Specification 1.2), without showing them to anybody. */

const path = '/org/freedesktop/Notifications';
const service = 'org.freedesktop.Notifications';

export interface ShownNotification {
  readonly id: number;
  readonly from: string;
  readonly title: string;
  /** Markup. */
  readonly body: string;
  readonly actions: readonly string[];
  readonly silent: boolean;
  /** Whether it was taken back, or replaced, or clicked. */
  readonly closed: boolean;
}

export interface NotificationDaemon {
  /** All that were ever shown, oldest first. */
  readonly shown: readonly ShownNotification[];
  /** The first that matches, once it is there. */
  find(matches: (notification: ShownNotification) => boolean, what: string): Promise<ShownNotification>;
  /** What a click on it does. */
  click(id: number): void;
}

type Notify = readonly [
  from: string,
  replaces: number,
  icon: string,
  title: string,
  body: string,
  actions: readonly string[],
  hints: Readonly<Record<string, Variant>>,
  timeoutMs: number,
];

const capabilities = ['actions', 'body', 'body-markup', 'icon-static', 'persistence'];
/** Reasons of the specification. */
const [byPerson, byProgram] = [2, 3];

export async function startNotificationDaemon(bus: Bus): Promise<NotificationDaemon> {
  const shown: ShownNotification[] = [];
  const close = (id: number, reason: number): void => {
    const at = shown.findIndex((each) => each.id === id && !each.closed);
    const found = shown[at];
    if (!found) return;
    shown[at] = { ...found, closed: true };
    bus.signal(path, service, 'NotificationClosed', 'uu', [id, reason]);
  };
  bus.serve(path, {
    [`${service}.GetCapabilities`]: () => ['as', capabilities],
    [`${service}.GetServerInformation`]: () => ['ssss', 'stand-in', 'tests', '1', '1.2'],
    [`${service}.CloseNotification`]: ([id]) => {
      close(Number(id), byProgram);
      return [''];
    },
    [`${service}.Notify`]: (given) => {
      const [from, replaces, , title, body, actions, hints] = given as unknown as Notify;
      const replaced = shown.findLastIndex((each) => each.id === replaces && !each.closed);
      const old = shown[replaced];
      if (old) shown[replaced] = { ...old, closed: true };
      const id = old ? replaces : shown.length + 1;
      const silent = plain(hints['suppress-sound']) === true;
      shown.push({ id, from, title, body, actions, silent, closed: false });
      return ['u', id];
    },
  });
  await bus.own(service);
  return {
    shown,
    find: (matches, what) => until(() => shown.find((each) => matches(each)) ?? null, `the notification ${what}`),
    click(id) {
      bus.signal(path, service, 'ActionInvoked', 'us', [id, 'default']);
      close(id, byPerson);
    },
  };
}
