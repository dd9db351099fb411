import type { Formats } from '../formats.ts';

/** A text to a device. */
export function sendWords({ number }: Formats) {
  return {
    title: 'Reply to this device',
    label: 'Text to send',
    to: (kind: string, id: string) => `to ${kind} ${id}`,
    button: 'Send',
    sending: 'Sending…',
    request: 'Request',
    waiting: 'Accepted. The network has not reported a delivery yet.',
    count: (count: number) => `${number(count)} / 160`,
    over: (count: number) => `${number(count)} / 160: ThingSpace may refuse or cut it`,
    outside: (mark: string) => `“${mark}” is outside the 7-bit alphabet: the device may get something else`,
    noDevice: 'This text names no device, so it cannot be answered.',
  };
}
