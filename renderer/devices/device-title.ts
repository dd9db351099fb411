import type { Device } from '../../preload/contract/device.ts';
import type { DeviceId, Message } from '../../preload/contract/message.ts';
import { bestIdentifier } from '../messages/device.ts';

/** What a device is called: by the person, else by ThingSpace's list, else by its best identifier. */
export function deviceTitle({
  nickname,
  serviceName,
  deviceIds,
}: Pick<Device, 'nickname' | 'serviceName' | 'deviceIds'>) {
  return nickname ?? serviceName ?? bestIdentifier(deviceIds)?.id ?? null;
}

/** Whether it is called by an identifier, having no name. */
export function isNumbered({ nickname, serviceName }: Pick<Device, 'nickname' | 'serviceName'>): boolean {
  return nickname === null && serviceName === null;
}

/** What the device of a text is called, and whether by the person. */
export function senderOf({ device, deviceIds }: Message): { readonly name: string; readonly isNamed: boolean } {
  const nickname = device?.nickname ?? null;
  // The text's own identifier: what one searches for is what one sees.
  return { name: nickname ?? bestIdentifier(deviceIds)?.id ?? '—', isNamed: nickname !== null };
}

/** To whom a text for a device is sent: the best identifier that it has now, else the one that its text carried. */
export function addressOf(deviceIds: readonly DeviceId[]): DeviceId | undefined {
  return bestIdentifier(deviceIds);
}
