import type { Message } from '../../preload/contract/message.ts';
import type { AccountState, Light } from '../../preload/contract/snapshot.ts';
import { preferredDeviceId } from '../core/message.ts';
import { plainText } from '../core/plain-text.ts';

type Style = 'dim' | 'bold' | 'green' | 'yellow' | 'red';
const codes: Readonly<Record<Style, string>> = { dim: '2', bold: '1', green: '32', yellow: '33', red: '31' };

/** The codes that `paint` writes, and no others. */
// oxlint-disable-next-line no-control-regex -- the escape character begins a colour code
export const ownColor = /(\u001b\[(?:0|1|2|31|32|33)m)/;

export function paint(text: string, style: Style, color: boolean): string {
  return color ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
}

/** Shape first, colour second: the same set as in the tray and the window. */
const shapes: Readonly<Record<Light, readonly [string, Style]>> = {
  off: ['○', 'dim'],
  starting: ['◔', 'yellow'],
  live: ['●', 'green'],
  'catching-up': ['◑', 'yellow'],
  degraded: ['▲', 'yellow'],
  'needs-you': ['■', 'red'],
  paused: ['‖', 'dim'],
};

export function paintLight(light: Light, color: boolean): string {
  const [shape, style] = shapes[light];
  return paint(shape, style, color);
}

export function lightOfState(state: AccountState): Light {
  return state === 'polling' ? 'live' : state;
}

/** Local time of day; with the date where it is not today's. */
export function clockTime(iso: string, now: Date): string {
  const at = new Date(iso);
  const two = (part: number): string => String(part).padStart(2, '0');
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  const today = at.toDateString() === now.toDateString();
  return today ? time : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}

/** The nickname, else the identifier that says most, with its kind. */
export function deviceName(message: Pick<Message, 'deviceIds' | 'device'>): string {
  const nickname = message.device?.nickname;
  if (nickname) return plainText(nickname, 64);
  const device = preferredDeviceId(message.deviceIds);
  return device ? `${plainText(device.kind, 64)}:${plainText(device.id, 256)}` : 'unknown device';
}

/** As wide as ThingSpace's usual account names, such as 0000123456-00001. */
export const usualAccountWidth = 16;

/** A text is cut to no less than this; on a narrow terminal the account goes first. */
const leastRoom = 12;

/** One line that fits: time, account if there are several (`accountWidth` is not null), device, text. What a device sent cannot steer the terminal. */
export function messageLine(
  message: Message,
  look: {
    readonly columns: number | null;
    readonly color: boolean;
    readonly accountWidth: number | null;
    readonly now: Date;
  },
): string {
  const time = clockTime(message.receivedAt, look.now);
  const device = deviceName(message).padEnd(15);
  const wide = look.columns === null ? Number.MAX_SAFE_INTEGER : look.columns - time.length - device.length - 4;
  const whose = look.accountWidth === null ? '' : `${plainText(message.account, 64).padEnd(look.accountWidth)}  `;
  const account = wide - whose.length < leastRoom ? '' : whose;
  const room = Math.max(leastRoom, wide - account.length);
  const shown = plainText(message.text, room);
  return `${paint(time, 'dim', look.color)}  ${paint(account, 'dim', look.color)}${paint(device, 'bold', look.color)}  ${shown}`;
}
