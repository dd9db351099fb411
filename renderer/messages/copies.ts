import type { Message, MessageDetail } from '../../preload/contract/message.ts';
import { stampOf } from '../parts/time.ts';
import { bestIdentifier } from './device.ts';

/** A text as a person pastes it: time, device, text. */
export function asPlainText(message: Message): string {
  const device = bestIdentifier(message.deviceIds);
  return `${stampOf(message.receivedAt)}  ${device ? `${device.kind} ${device.id}` : message.account}  ${message.text}`;
}

export function asJson(message: Message): string {
  return JSON.stringify(message, null, 2);
}

/** The link that the system hands to this app. */
export function asLink(message: Message): string {
  return `thingspace-sms://message/${message.id}`;
}

/** The same for a device and its conversation. */
export function asDeviceLink(device: number): string {
  return `thingspace-sms://device/${device}`;
}

/** A command that posts the text to a developer's own server as the callback came, its password cut out. */
export function asCurl({ message, rawCallback }: MessageDetail): string {
  const { account, deviceIds, text } = message;
  const body = rawCallback ?? JSON.stringify({ accountName: account, deviceIds, smsMessage: text });
  // No shell can be given a NUL, and none stands in JSON.
  const quoted = body.replaceAll('\0', '').replaceAll("'", "'\\''");
  return `curl http://localhost:3000/ -H 'Content-Type: application/json' --data-raw '${quoted}'`;
}
