import { Notification } from 'electron';
import type { Message } from '../../preload/contract/message.ts';
import { methods } from '../../preload/contract/methods.ts';
import type { WindowView } from '../core/deep-link.ts';
import { preferredDeviceId } from '../core/message.ts';
import {
  decideNotices,
  initialNoticeState,
  type Notice,
  type NoticeEvent,
  type NoticeStep,
  type NoticeWords,
  noticeView,
  noticeWords,
} from '../core/notices.ts';
import { escapeMarkup } from '../core/plain-text.ts';
import type { DesktopPorts } from './ports.ts';

export interface Notifications {
  feed(event: NoticeEvent): void;
  /** Says something of this face's own; false where the system shows no notifications. */
  tell(words: NoticeWords): boolean;
}

type Ports = Pick<DesktopPorts, 'clock' | 'core' | 'platform'>;

function nativeOptions({ title, body }: NoticeWords, platform: Ports['platform']) {
  return { title, body: platform === 'linux' ? escapeMarkup(body) : body };
}

/** Shows what `decideNotices` decides. */
export function createNotifications(ports: Ports, open: (view: WindowView) => void): Notifications {
  const { clock, core, platform } = ports;
  // Held so that the system's events still find them.
  const shown = new Map<string, Notification>();
  let state = initialNoticeState;
  let cancelWake: (() => void) | null = null;
  let turn = Promise.resolve();

  const close = (key: string) => {
    shown.get(key)?.close();
    shown.delete(key);
  };

  const present = (key: string, options: Electron.NotificationConstructorOptions, view: WindowView) => {
    if (!Notification.isSupported()) return null;
    close(key);
    const notification = new Notification(options);
    shown.set(key, notification);
    notification.on('click', () => {
      open(view);
    });
    notification.on('close', () => {
      if (shown.get(key) === notification) shown.delete(key);
    });
    notification.show();
    return notification;
  };

  const tell = ({ title, body }: NoticeWords) => {
    const words = { title: core.say(title), body: core.say(body) };
    return present('own', nativeOptions(words, platform), { kind: 'messages' }) !== null;
  };

  const reply = async (account: string, to: unknown, text: string) => {
    const result = await core.router.handle('window', 'message.send', { account, to, text });
    if (!result.ok) tell({ title: 'The reply was not sent', body: result.error.message });
  };

  /** With the name that the person gave the device: a text is told before it is known of which device it is. */
  const named = async (message: Message): Promise<Message> => {
    const id = preferredDeviceId(message.deviceIds);
    if (message.device || !id) return message;
    const answer = await core.router.handle('window', 'devices.get', { device: id });
    const found = methods['devices.get'].output.safeParse(answer.ok ? answer.value : null);
    return found.success ? { ...message, device: found.data } : message;
  };

  const withName = async (notice: Notice): Promise<Notice> => {
    switch (notice.kind) {
      case 'text':
        return { ...notice, message: await named(notice.message) };
      case 'texts':
        return { ...notice, latest: await named(notice.latest) };
      case 'needs-you':
        return notice;
    }
  };

  const show = async (kind: 'show' | 'update', told: Notice) => {
    const notice = await withName(told);
    const words = noticeWords(notice, core.settings().notifications, core.say);
    if (!words) return;
    const to = notice.kind === 'text' ? preferredDeviceId(notice.message.deviceIds) : null;
    const options = { ...nativeOptions(words, platform), silent: kind === 'update', hasReply: to !== null };
    const notification = present(notice.key, options, noticeView(notice));
    if (notice.kind === 'text' && to) {
      notification?.on('reply', (details) => void reply(notice.message.account, to, details.reply));
    }
  };

  const look = async (id: string) => {
    const answer = await core.router.handle('window', 'inbox.message', { id });
    const found = methods['inbox.message'].output.safeParse(answer.ok ? answer.value : null);
    if (found.success) feed({ type: 'looked', id, unread: found.data.message.unread });
  };

  const perform = async (step: NoticeStep) => {
    switch (step.kind) {
      case 'close':
        return close(step.key);
      case 'look':
        return look(step.id);
      case 'show':
      case 'update':
        return show(step.kind, step.notice);
    }
  };

  const feed = (event: NoticeEvent) => {
    const decided = decideNotices(state, event, clock.now(), core.settings());
    state = decided.state;
    for (const step of decided.steps) turn = turn.then(() => perform(step));
    cancelWake?.();
    cancelWake =
      decided.wakeAt === null
        ? null
        : clock.after(Math.max(0, decided.wakeAt - clock.now()), () => {
            feed({ type: 'wake' });
          });
  };

  return { feed, tell };
}
