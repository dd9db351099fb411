import type { DeviceId } from '../../preload/contract/message.ts';

const order = ['mdn', 'imei', 'iccid', 'msisdn', 'esn', 'meid'];

/** The identifier that says most to a person, or undefined where a text carries none. */
export function bestIdentifier(ids: readonly DeviceId[]): DeviceId | undefined {
  return order.map((kind) => ids.find((id) => id.kind === kind)).find((id) => id !== undefined) ?? ids[0];
}

/** All identifiers, the best first. */
export function identifiersInOrder(ids: readonly DeviceId[]): readonly DeviceId[] {
  const best = bestIdentifier(ids);
  return best ? [best, ...ids.filter((id) => id !== best)] : ids;
}
