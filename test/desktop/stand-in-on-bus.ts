import { machine, type NotificationStandIn, type TrayStandIn } from './electron-stand-in.ts';
import { clickMenu, menu } from './person.ts';
import { openBus } from './session/bus.ts';
import { showTrayItem } from './session/tray-item.ts';

/* Puts the stand-in's tray and notifications onto a real D-Bus session, where Electron has Chromium and libnotify. */

const service = 'org.freedesktop.Notifications';
const place = { to: service, path: '/org/freedesktop/Notifications', interface: service };

export async function putOnBus(address: string): Promise<void> {
  const bus = await openBus(address);
  machine.onTray = (tray: TrayStandIn) => {
    void showTrayItem(bus, {
      title: 'ThingSpace SMS Tray',
      tooltip: () => tray.tooltips.at(-1) ?? '',
      menu,
      onClick: (path) => clickMenu(...path),
      onActivate: () => void tray.emit('click'),
    });
  };
  const shown = new Map<number, NotificationStandIn>();
  await bus.onSignal(service, 'ActionInvoked', ({ body }) => void shown.get(Number(body[0]))?.emit('click'));
  const notify = async (notification: NotificationStandIn): Promise<void> => {
    const { title = '', body = '' } = notification.options;
    const given = ['ThingSpace SMS Tray', 0, '', title, body, ['default', 'View'], {}, -1];
    const [id] = await bus.call({ ...place, member: 'Notify', signature: 'susssasa{sv}i', body: given });
    shown.set(Number(id), notification);
    notification.once('close', () => {
      void bus.call({ ...place, member: 'CloseNotification', signature: 'u', body: [id] });
    });
  };
  machine.onNotification = (notification) => {
    void notify(notification);
  };
}
