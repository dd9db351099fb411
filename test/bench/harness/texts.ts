import type { DeviceId } from '../../../preload/contract/message.ts';

export const account = '0342077109-00001';
const devices = 500;

export interface SampleText {
  readonly deviceIds: readonly DeviceId[];
  readonly text: string;
}

/** What a tracker sends, each text a different one: two identifiers of one of 500 devices. */
export function sampleText(number: number): SampleText {
  const device = number % devices;
  const battery = (number * 7919) % 100;
  const lat = (47 + (number % 9000) / 1e4).toFixed(4);
  const long = (120 + (number % 7000) / 1e4).toFixed(4);
  const door = number % 3 === 0 ? 'open' : 'closed';
  return {
    deviceIds: [
      { id: `8914800000080${1_000_000 + device}`, kind: 'iccid' },
      { id: String(7_020_000_000 + device), kind: 'mdn' },
    ],
    text: `status ok ${number} battery ${battery}% lat=${lat} long=${long} rssi -${60 + (number % 40)} door ${door}`,
  };
}

/** The body of its callback, as ThingSpace posts it: about 300 bytes. */
export function callbackBody(
  number: number,
  credentials: { readonly username: string; readonly password: string },
): string {
  const { deviceIds, text } = sampleText(number);
  return JSON.stringify({
    username: credentials.username,
    password: credentials.password,
    deviceIds: deviceIds.map(({ id, kind }) => ({ id, kind: kind.toUpperCase() })),
    smsMessage: text,
    callbackCount: 1,
    maxCallbackThreshold: 4,
  });
}
