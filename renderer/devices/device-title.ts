import type { DeviceId, Message, TextsDevice } from '../../preload/contract/message.ts';
import { bestIdentifier } from '../messages/device.ts';

type Names = Pick<TextsDevice, 'nickname' | 'serviceName'>;

/** The name of a device: the person's, else that of ThingSpace's list; null where it has none. */
function nameOf({ nickname, serviceName }: Names): string | null {
  return nickname ?? serviceName;
}

/** What a device is called: by its name, else by its best identifier. */
export function deviceTitle(device: Names & Pick<TextsDevice, 'deviceIds'>): string | null {
  return nameOf(device) ?? bestIdentifier(device.deviceIds)?.id ?? null;
}

/** Whether it is called by an identifier, having no name. */
export function isNumbered(device: Names): boolean {
  return nameOf(device) === null;
}

/** What the device of a text is called: by its name; else by the text's own identifier, which one may search for. */
export function senderOf({ device, deviceIds }: Message): { readonly title: string | null; readonly isNamed: boolean } {
  const name = device ? nameOf(device) : null;
  return { title: name ?? bestIdentifier(deviceIds)?.id ?? null, isNamed: name !== null };
}

/** To whom a text for a device is sent: the best identifier that it has now, else the one that its text carried. */
export function addressOf(deviceIds: readonly DeviceId[]): DeviceId | undefined {
  return bestIdentifier(deviceIds);
}
