/** The JSON that ThingSpace posts to listeners, and how it writes identifiers and times. Notes, sections 2.4 to 2.6. */
import type { CallbackCredentials } from './registry.ts';
import type { Switches } from './switches.ts';
import type { DeviceId, LedgerEntry } from './texts.ts';

const threshold = 4;

/** The user name and password as ThingSpace sends them: empty or left out when there are none. */
export function shownCredentials(
  { username, password }: CallbackCredentials,
  unset: Switches['unsetCredentials'],
): Readonly<Record<string, string>> {
  return unset === 'absent' && username === '' && password === '' ? {} : { username, password };
}

/** Kinds come in any case in the field; `mixed` shows three ways in turn. */
export function shownIds(ids: readonly DeviceId[], kindCase: Switches['kindCase']): readonly DeviceId[] {
  if (kindCase === 'lower') return ids;
  return ids.map(({ id, kind }, index) => {
    if (kindCase === 'upper' || index % 3 === 1) return { id, kind: kind.toUpperCase() };
    return { id, kind: index % 3 === 0 ? kind.charAt(0).toUpperCase() + kind.slice(1) : kind };
  });
}

const offsetHours = 8;

/** A time as the service writes it: seconds with an offset, seconds in UTC, or milliseconds in UTC. */
export function shownTime(milliseconds: number, form: Switches['timestamps']): string {
  if (form === 'fraction') return new Date(milliseconds).toISOString();
  if (form === 'z') return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
  const local = new Date(milliseconds - offsetHours * 3_600_000).toISOString().slice(0, 19);
  return `${local}-0${offsetHours}:00`;
}

const nulls = {
  requestId: null,
  deviceResponse: null,
  faultResponse: null,
  status: null,
  timestamp: null,
  accountName: null,
  callbackCount: null,
  maxCallbackThreshold: null,
};

function furtherFields(text: LedgerEntry, attempt: number, switches: Switches): Readonly<Record<string, unknown>> {
  switch (switches.callbackProfile) {
    case 'minimal':
      return {};
    case 'nulls':
      return nulls;
    case 'extended':
      return {
        requestId: text.requestId,
        accountName: text.account,
        timestamp: shownTime(text.timestamp, switches.timestamps),
        status: 'Success',
        callbackCount: attempt,
        maxCallbackThreshold: threshold,
      };
  }
}

/** The callback of a text that a device sent. `attempt` counts from 1. */
export function textCallback(
  text: LedgerEntry,
  credentials: CallbackCredentials,
  attempt: number,
  switches: Switches,
): string {
  return JSON.stringify({
    ...shownCredentials(credentials, switches.unsetCredentials),
    deviceIds: shownIds(text.deviceIds, switches.kindCase),
    smsMessage: text.text,
    ...furtherFields(text, attempt, switches),
  });
}

export interface StatusNotice {
  readonly requestId: string;
  readonly deviceIds: readonly DeviceId[];
  readonly confirmation: string;
  /** Why it failed; null when it did not. */
  readonly fault: { readonly code: string; readonly text: string } | null;
}

/** The callback that tells what became of a text sent to a device. */
export function statusCallback(
  notice: StatusNotice,
  credentials: CallbackCredentials,
  attempt: number,
  switches: Switches,
): string {
  const { requestId, deviceIds, confirmation, fault } = notice;
  const failure = fault && {
    faultResponse: {
      faultcode: `UnifiedWebService.${fault.code}`,
      faultstring: fault.text,
      faultactor: '',
      detail: '',
    },
  };
  return JSON.stringify({
    ...shownCredentials(credentials, switches.unsetCredentials),
    requestId,
    deviceIds: shownIds(deviceIds, switches.kindCase),
    deviceResponse: { smsDeliveryResponse: { confirmation } },
    ...failure,
    status: fault ? 'Failed' : 'Success',
    callbackCount: attempt,
    maxCallbackThreshold: threshold,
  });
}
