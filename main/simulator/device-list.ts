/** POST /devices/actions/list: the devices of one account, or of all that the user can reach. Notes, section 7. */
import type { Accounts } from './accounts.ts';
import type { SampleDevice } from './devices.ts';
import { type Call, json, m2mError, type Reply, readFields } from './http.ts';
import { shownIds, shownTime } from './payloads.ts';
import type { ReadSwitches } from './switches.ts';

export interface DeviceList {
  readonly list: (call: Call) => Reply;
}

interface Dependencies {
  readonly accounts: Accounts;
  readonly devices: readonly SampleDevice[];
  readonly switches: ReadSwitches;
  readonly now: () => number;
}

const pageLimit = 500;

/** A whole number that may have come as text; null when it is neither. */
function wholeNumber(value: unknown, absent: number): number | null {
  if (value === undefined || value === null) return absent;
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

export function createDeviceList({ accounts, devices, switches, now }: Dependencies): DeviceList {
  const numbered = devices.map((device, index) => ({ device, number: index + 1 }));

  function shown({ device, number }: (typeof numbered)[number]): Readonly<Record<string, unknown>> {
    const { kindCase, timestamps } = switches();
    const state = device.state === 'active' ? 'active' : 'suspend';
    return {
      accountName: device.account,
      carrierInformations: [{ carrierName: 'Verizon Wireless', servicePlan: 'M2M_4G', state }],
      connected: device.state === 'active',
      createdAt: shownTime(now() - 86_400_000, timestamps),
      customFields: [{ key: 'CustomField1', value: device.name }],
      deviceIds: shownIds(device.deviceIds, kindCase),
      extendedAttributes: [{ key: 'DeviceId', value: String(number) }],
      groupNames: [`Default: ${device.account}`],
      ipAddress: '0.0.0.0',
    };
  }

  return {
    list(call) {
      const fields = readFields(call.body === '' ? '{}' : call.body);
      if (!fields) return m2mError('DeserializationFailed', 'The request could not be read.');
      const account = fields['accountName'];
      const refusal = typeof account === 'string' ? accounts.refuse(account) : null;
      if (refusal) return refusal;
      const size = wholeNumber(fields['maxNumberOfDevices'], pageLimit);
      const seen = wholeNumber(fields['largestDeviceIdSeen'], 0);
      if (size === null || seen === null || size < 1 || size > pageLimit)
        return m2mError('INPUT_INVALID.MaxNumberOfDevices', `The number of devices is from 1 to ${pageLimit}.`);
      const rest = numbered.filter(
        ({ device, number }) => number > seen && (account === undefined || device.account === account),
      );
      return json(200, { hasMoreData: rest.length > size, devices: rest.slice(0, size).map(shown) });
    },
  };
}
