import type { Message } from '../../preload/contract/message.ts';
import { fullTime } from '../parts/time.ts';
import { bestIdentifier } from './device.ts';

/** A text as a person pastes it: time, device, text. */
export function asPlainText(message: Message): string {
  const device = bestIdentifier(message.deviceIds);
  return `${fullTime(message.receivedAt)}  ${device ? `${device.kind} ${device.id}` : message.account}  ${message.text}`;
}

export function asJson(message: Message): string {
  return JSON.stringify(message, null, 2);
}
