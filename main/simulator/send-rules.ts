/** What POST /sms refuses. Notes, sections 5, 6 and 8.3. */
import type { Accounts } from './accounts.ts';
import type { SampleDevice } from './devices.ts';
import { isFields, m2mError, type Reply } from './http.ts';
import type { DeviceId } from './texts.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Refused {
  readonly kind: 'refused';
  readonly reply: Reply;
}

export type SendRequest =
  | Refused
  | {
      readonly kind: 'accepted';
      readonly account: string;
      readonly devices: readonly SampleDevice[];
      readonly message: string;
    };

const idForms: Readonly<Record<string, RegExp | undefined>> = {
  mdn: /^\d{10}$/,
  msisdn: /^\d{11}$/,
  imei: /^\d{1,16}$/,
  iccid: /^\d{1,20}$/,
  imsi: /^\d{1,15}$/,
  min: /^\d{10}$/,
  esn: /^(\d{11}|[0-9a-f]{8})$/i,
  meid: /^[0-9a-f]{14}$/i,
  eid: /^\d{32}$/,
};

const encodings = new Set(['7-bit', '8-bit-ASCII', '8-bit-UTF-8', '8-bit-DATA']);
const deviceLimit = 200;

const refused = (code: string, message: string): Refused => ({ kind: 'refused', reply: m2mError(code, message) });

function readMessage(fields: Fields): string | Refused {
  const { smsMessage, dataEncoding } = fields;
  const encoding = typeof dataEncoding === 'string' && dataEncoding !== '' ? dataEncoding : '7-bit';
  if (!encodings.has(encoding)) return refused('INPUT_INVALID.DataEncoding.Invalid', 'The encoding is not valid.');
  if (typeof smsMessage !== 'string' || smsMessage === '')
    return refused('INPUT_INVALID.SmsMessage.Null', 'The message is empty.');
  if (/['<\\]/.test(smsMessage))
    return refused('INPUT_INVALID.Request.InvalidCharacter', 'The request has an invalid character.');
  const isTooLong = encoding === '7-bit' ? smsMessage.length > 160 : Buffer.byteLength(smsMessage) > 140;
  return isTooLong ? refused('INPUT_INVALID.SmsMessage.TooLong', 'The message is too long.') : smsMessage;
}

function readId(value: unknown): DeviceId | Refused {
  const { id, kind } = isFields(value) ? value : {};
  const lower = typeof kind === 'string' ? kind.toLowerCase() : '';
  const form = idForms[lower];
  if (!form) return refused('INPUT_INVALID.Device.Kind.Invalid', 'The kind of the identifier is not valid.');
  if (typeof id !== 'string' || !form.test(id))
    return refused('INPUT_INVALID.Device.Identifier.Invalid', 'The identifier is not valid.');
  return { id, kind: lower };
}

/** The device, looked up in one account, or the reason why it cannot be texted. */
function findDevice(value: unknown, candidates: readonly SampleDevice[]): SampleDevice | Refused {
  const read = readId(value);
  if ('reply' in read) return read;
  const device = candidates.find(({ deviceIds }) =>
    deviceIds.some(({ id, kind }) => id === read.id && kind === read.kind),
  );
  if (!device) return refused('REQUEST_FAILED.DeviceNotFound', 'The device was not found.');
  return device.state === 'active' ? device : refused('INPUT_INVALID.DeviceState.Invalid', 'The device is not active.');
}

function findDevices(ids: readonly unknown[], candidates: readonly SampleDevice[]): readonly SampleDevice[] | Refused {
  const found = new Set<SampleDevice>();
  for (const id of ids) {
    const device = findDevice(id, candidates);
    if ('reply' in device) return device;
    found.add(device);
  }
  return [...found];
}

/** A group or custom fields instead of identifiers reach every active device. */
function readDevices(fields: Fields, candidates: readonly SampleDevice[]): readonly SampleDevice[] | Refused {
  const { deviceIds, groupName, customFields } = fields;
  if (Array.isArray(deviceIds) && deviceIds.length > 0) {
    const isTooMany = deviceIds.length > deviceLimit;
    return isTooMany
      ? refused('INPUT_INVALID.NumberofDevices', 'There are too many devices.')
      : findDevices(deviceIds, candidates);
  }
  if (groupName === undefined && customFields === undefined)
    return refused('REQUEST_FAILED.UnexpectedError', 'The request names no device.');
  return candidates.filter(({ state }) => state === 'active');
}

function readAccount(accountName: unknown, accounts: Accounts): string | Refused {
  if (accountName === undefined && accounts.names.length > 1)
    return refused('REQUEST_FAILED.MultipleAccounts', 'The user has several accounts: name one.');
  const account = typeof accountName === 'string' ? accountName : (accounts.names[0] ?? '');
  const reply = accounts.refuse(account);
  return reply ? { kind: 'refused', reply } : account;
}

/** Reads the body of POST /sms. */
export function readSendRequest(fields: Fields, accounts: Accounts, devices: readonly SampleDevice[]): SendRequest {
  if (Object.keys(fields).length === 0) return refused('INPUT_INVALID.RequestUndefined', 'The request is empty.');
  const account = readAccount(fields['accountName'], accounts);
  if (typeof account !== 'string') return account;
  const message = readMessage(fields);
  if (typeof message !== 'string') return message;
  const candidates = devices.filter((device) => device.account === account);
  const found = readDevices(fields, candidates);
  return 'reply' in found ? found : { kind: 'accepted', account, devices: found, message };
}
