import type { Database } from 'better-sqlite3';
import type { DeviceId } from '../../../preload/contract/message.ts';
import { endsIdentifier } from '../../core/query.ts';
import { unpackIdentifiers } from './rows.ts';

export interface Places {
  /** Numbers of the accounts whose name contains a part (in lower case). */
  accounts(part: string): readonly number[];
  /** Numbers of the devices of which an identifier ends so (in lower case). */
  devices(identifierEnd: string): readonly number[];
}

/** Accounts and devices by name: few beside the texts, so they are kept in memory and looked through. */
export function createPlaces(database: Database): Places {
  const nextDevices = database.prepare<[number], { id: number; identifiers: string }>(
    'SELECT id, identifiers FROM device WHERE id > ? ORDER BY id',
  );
  const allAccounts = database.prepare<[], { id: number; name: string }>('SELECT id, name FROM account');
  const devices: { readonly id: number; readonly deviceIds: readonly DeviceId[] }[] = [];

  return {
    accounts: (part) =>
      allAccounts
        .all()
        .filter((account) => account.name.toLowerCase().includes(part))
        .map((account) => account.id),
    devices(identifierEnd) {
      for (const { id, identifiers } of nextDevices.all(devices.at(-1)?.id ?? 0))
        devices.push({ id, deviceIds: unpackIdentifiers(identifiers) });
      return devices.filter((device) => endsIdentifier(device.deviceIds, identifierEnd)).map((device) => device.id);
    },
  };
}
