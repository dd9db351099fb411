import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SeenItem } from './person.ts';
import { type Session, startSession } from './session/session.ts';
import { showTrayItem } from './session/tray-item.ts';
import { Variant } from './session/values.ts';

/* The session that `npm run smoke:electron` runs in, over a real dbus-daemon. */

let session: Session;

beforeEach(async () => {
  session = await startSession(false);
});

afterEach(async () => {
  await session.close();
});

function entry(label: string, change: Partial<SeenItem> = {}): SeenItem {
  return { label, enabled: true, checked: null, items: [], ...change };
}

test('finds a tray icon, reads its words and its menu, and clicks in it', async () => {
  const clicked: (readonly string[])[] = [];
  const onActivate = vi.fn();
  await showTrayItem(await session.connect(), {
    title: 'App',
    tooltip: () => 'Listening, nothing is missing.',
    menu: () => [
      entry('Listening, nothing is missing.', { enabled: false }),
      entry('-'),
      entry('FIELD_DEMO-A', { items: [entry('Start callbacks'), entry('Stop', { enabled: false })] }),
      entry('Start at login', { checked: true }),
    ],
    onClick: (path) => void clicked.push(path),
    onActivate,
  });
  const item = await session.tray.item();
  expect([item.title, item.tooltip]).toEqual(['App', 'Listening, nothing is missing.']);
  expect(await item.menu()).toMatchObject([
    { label: 'Listening, nothing is missing.', enabled: false },
    { separator: true },
    { label: 'FIELD_DEMO-A', entries: [{ label: 'Start callbacks' }, { label: 'Stop', enabled: false }] },
    { label: 'Start at login', checked: true },
  ]);
  await item.click('FIELD_DEMO-A', 'Start callbacks');
  await item.click('Start at login');
  await item.activate();
  expect(clicked).toEqual([['FIELD_DEMO-A', 'Start callbacks'], ['Start at login']]);
  expect(onActivate).toHaveBeenCalledOnce();
});

test('sees notifications, their replacement and their end, and clicks them', async () => {
  const program = await session.connect();
  const service = 'org.freedesktop.Notifications';
  const on = { to: service, path: '/org/freedesktop/Notifications', interface: service };
  const notify = async (replaces: number, body: string) => {
    const given = [
      'app',
      replaces,
      '',
      'A title',
      body,
      ['default', ''],
      { 'suppress-sound': new Variant('b', true) },
      -1,
    ];
    const [id] = await program.call({ ...on, member: 'Notify', signature: 'susssasa{sv}i', body: given });
    return Number(id);
  };
  const [invoked, closed] = [vi.fn(), vi.fn()];
  await program.onSignal(service, 'ActionInvoked', ({ body }) => invoked(...body));
  await program.onSignal(service, 'NotificationClosed', ({ body }) => closed(...body));
  const first = await notify(0, 'Door open');
  expect(await notify(first, '2 new texts')).toBe(first);
  const second = await notify(0, 'Another');
  const { shown } = session.notifications;
  expect(shown.map(({ body, closed: gone }) => [body, gone])).toEqual([
    ['Door open', true],
    ['2 new texts', false],
    ['Another', false],
  ]);
  const found = await session.notifications.find(({ body }) => body === '2 new texts', 'that counts');
  expect(found).toMatchObject({ from: 'app', title: 'A title', silent: true });
  session.notifications.click(found.id);
  await program.call({ ...on, member: 'CloseNotification', signature: 'u', body: [second] });
  await vi.waitFor(() => {
    expect(invoked.mock.calls).toEqual([[first, 'default']]);
    expect(closed.mock.calls).toEqual([
      [first, 2],
      [second, 3],
    ]);
  });
});
