import { z } from 'zod';
import type { DeviceId } from '../../../preload/contract/message.ts';
import { deviceId as contractDeviceId } from '../../../preload/contract/message.ts';
import type {
  AccountFacts,
  HistoryBlock,
  HistoryItem,
  ListedDevice,
  Registration,
  RequestStatus,
} from '../../core/ports.ts';
import { createSecret, type Secret } from '../../core/secret.ts';
import type { Answer } from './exchange.ts';
import { type ExactNumber, numberIfWhole } from './json.ts';

/*
 * The service's JSON, read as leniently as its documentation is vague (API notes, 11): identifiers and tokens may be
 * numbers, booleans may be words, lists may be absent. Each function answers null when the content is something else.
 */

/** A string, or a number exactly as it was written: identifiers and tokens never pass through a JavaScript number. */
const text = z.union([
  z.string(),
  z.number().transform(String),
  z.custom<ExactNumber>((value) => JSON.isRawJSON(value)).transform((number) => number.rawJSON),
]);
const optionalText = text.nullish().catch(null);
const truth = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]);
const optionalTruth = truth.nullish().catch(null);
/** What may stand in a header: the service's tokens are plain, and anything else would break the request. */
const token = z
  .string()
  .regex(/^[\x21-\x7e]{1,8192}$/)
  .transform(createSecret);

const deviceId = z
  .object({ id: text, kind: z.string() })
  .transform(({ id, kind }) => ({ id: id.trim(), kind: kind.trim().toLowerCase() }))
  .pipe(contractDeviceId);
/** One or several identifiers of a device; those that are none are left out. */
const deviceIds = z.unknown().transform((value): readonly DeviceId[] => {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.flatMap((entry) => deviceId.safeParse(entry).data ?? []);
});

function valueOf(answer: Answer): unknown {
  return answer.content.kind === 'json' ? answer.content.value : undefined;
}

const bearerAnswer = z.object({ access_token: token, expires_in: text.nullish().catch(null) });
const defaultLifetimeSeconds = 3600;

/** The OAuth token, and the seconds it lives: an hour when the service does not say. */
export function readBearer(answer: Answer): { readonly bearer: Secret; readonly expiresInSeconds: number } | null {
  const parsed = bearerAnswer.safeParse(valueOf(answer));
  if (!parsed.success) return null;
  const seconds = Number(parsed.data.expires_in ?? Number.NaN);
  return {
    bearer: parsed.data.access_token,
    expiresInSeconds: Number.isFinite(seconds) && seconds > 0 ? seconds : defaultLifetimeSeconds,
  };
}

const loginAnswer = z.object({ sessionToken: token });

export function readSession(answer: Answer): Secret | null {
  return loginAnswer.safeParse(valueOf(answer)).data?.sessionToken ?? null;
}

const registration = z
  .object({
    serviceName: optionalText,
    name: optionalText,
    url: optionalText,
    username: optionalText,
    password: optionalText,
  })
  .transform(
    (given): Registration => ({
      serviceName: given.serviceName ?? given.name ?? '',
      url: given.url ?? '',
      username: given.username ?? '',
      password: createSecret(given.password ?? ''),
    }),
  );
const registrations = z.array(registration).nullable();

/** Nothing registered is an empty body, `[]`, null or 204 (API notes, 2.1). */
export function readRegistrations(answer: Answer): readonly Registration[] | null {
  if (answer.content.kind === 'empty') return [];
  const parsed = registrations.safeParse(valueOf(answer));
  return parsed.success ? (parsed.data ?? []) : null;
}

const startAnswer = z.object({ success: truth });

/** An empty answer says as much as `{"success":true}`: the request was received, like its SOAP twin's. */
export function readSuccess(answer: Answer): { readonly success: boolean } | null {
  if (answer.content.kind === 'empty') return { success: true };
  return startAnswer.safeParse(valueOf(answer)).data ?? null;
}

/** Whether an answer whose content does not matter came from ThingSpace at all. */
export function isAcknowledgement(answer: Answer): boolean {
  return answer.content.kind !== 'other';
}

const sendAnswer = z.object({ requestId: text.pipe(z.string().min(1)) });

export function readRequestId(answer: Answer): { readonly requestId: string } | null {
  return sendAnswer.safeParse(valueOf(answer)).data ?? null;
}

const statusAnswer = z.object({
  status: z.string().transform((given) => given.trim().toLowerCase()),
});

/** How a request stands: `Pending`, `Success` or `Failure` (API notes, section 5). */
export function readRequestStatus(answer: Answer): RequestStatus | null {
  const given = statusAnswer.safeParse(valueOf(answer)).data?.status ?? '';
  if (given === 'pending') return 'Pending';
  if (given.startsWith('success')) return 'Success';
  return given.startsWith('fail') ? 'Failure' : null;
}

const accountAnswer = z.object({ accountName: text, organizationName: optionalText });

export function readAccount(answer: Answer): AccountFacts | null {
  const parsed = accountAnswer.safeParse(valueOf(answer));
  if (!parsed.success) return null;
  return { accountName: parsed.data.accountName, organizationName: parsed.data.organizationName ?? null };
}

const pairs = z
  .array(z.object({ key: z.string(), value: optionalText }))
  .nullish()
  .catch(null);
const listedDevice = z.object({
  accountName: optionalText,
  deviceIds: deviceIds.optional(),
  customFields: pairs,
  extendedAttributes: pairs,
});
const devicesAnswer = z.object({ devices: z.array(listedDevice).nullish(), hasMoreData: optionalTruth });

/**
 * What the account's people call a device: ThingSpace has no field for it, so they use the first of the five custom
 * fields; some answers have an attribute of that name.
 */
function nameOf({ customFields, extendedAttributes }: z.infer<typeof listedDevice>): string | null {
  const named = extendedAttributes?.find(({ key }) => key.toLowerCase() === 'devicename')?.value?.trim();
  const fields = [...(customFields ?? [])].sort((a, b) => (a.key < b.key ? -1 : 1));
  return named || (fields.map(({ value }) => value?.trim() ?? '').find((value) => value !== '') ?? null);
}

/** One page of devices; the cursor to the next is the last device's `DeviceId` attribute (API notes, 7). */
export function readDevices(
  answer: Answer,
): { readonly devices: readonly ListedDevice[]; readonly next: string | null } | null {
  if (answer.content.kind === 'empty') return { devices: [], next: null };
  const parsed = devicesAnswer.safeParse(valueOf(answer));
  if (!parsed.success) return null;
  const listed = parsed.data.devices ?? [];
  const attribute = (device: (typeof listed)[number] | undefined, key: string) =>
    device?.extendedAttributes?.find((entry) => entry.key.toLowerCase() === key)?.value ?? null;
  return {
    devices: listed.map((device) => ({
      account: device.accountName ?? null,
      deviceIds: device.deviceIds ?? [],
      name: nameOf(device),
    })),
    next: parsed.data.hasMoreData === true ? attribute(listed.at(-1), 'deviceid') : null,
  };
}

/** The cursor as the service takes it: a whole number, of any size. */
export function deviceCursor(after: string): ExactNumber | string {
  return numberIfWhole(after);
}

const historyItem = z
  .object({
    message: optionalText,
    smsMessage: optionalText,
    SmsMessage: optionalText,
    deviceIds: z.unknown().optional(),
    device: z.unknown().optional(),
    Device: z.unknown().optional(),
    timestamp: optionalText,
  })
  .transform((given, context) => {
    const found = given.message ?? given.smsMessage ?? given.SmsMessage;
    if (typeof found !== 'string') {
      context.addIssue({ code: 'custom', message: 'no text' });
      return z.NEVER;
    }
    const device = deviceIds.parse(given.deviceIds ?? given.device ?? given.Device);
    return { deviceIds: device, text: found, timestamp: given.timestamp ?? null };
  });

const historyAnswer = z.object({
  messages: z.array(z.unknown()).nullish(),
  hasMoreData: optionalTruth,
  token: optionalText,
  Token: optionalText,
  next: optionalText,
  nextToken: optionalText,
});

/** `next` of a Location header, taken out of its text: the path in it is not to be relied on (API notes, 4.2). */
function nextInLocation(location: string | null): string | null {
  const found = /[?&]next=([^&#]*)/i.exec(location ?? '')?.[1];
  if (found === undefined || found === '') return null;
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}

function nextInBody(body: z.output<typeof historyAnswer>): string | null {
  return [body.token, body.Token, body.next, body.nextToken].find((found) => found != null && found !== '') ?? null;
}

/** The Date header counts whole seconds and the network adds some: less than half a minute is no difference. */
function clockSkewMs(answer: Answer): number {
  const minutes = answer.date === null ? 0 : Math.round((answer.receivedAt - answer.date) / 60_000);
  return minutes === 0 ? 0 : minutes * 60_000;
}

/** One block of the queue: an empty one is `[]`, absent, null, an empty body or 204 (API notes, 11, row 23). */
export function readHistory(answer: Answer): HistoryBlock | null {
  const value =
    answer.content.kind === 'empty' ? {} : (valueOf(answer) ?? (answer.content.kind === 'json' ? {} : null));
  const parsed = historyAnswer.safeParse(value);
  if (!parsed.success) return null;
  const items: HistoryItem[] = [];
  const unreadable: string[] = [];
  for (const entry of parsed.data.messages ?? []) {
    const item = historyItem.safeParse(entry);
    if (item.success) items.push({ ...item.data, raw: JSON.stringify(entry) });
    else unreadable.push(JSON.stringify(entry));
  }
  return {
    items,
    unreadable,
    next: nextInLocation(answer.location) ?? nextInBody(parsed.data),
    more: answer.status === 202 || parsed.data.hasMoreData === true,
    clockSkewMs: clockSkewMs(answer),
  };
}
