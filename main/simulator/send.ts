/** POST /sms, the callbacks about it, and GET /accounts/{a}/requests/{id}/status. Notes, sections 2.6 and 5. */
import { randomUUID } from 'node:crypto';
import type { Accounts } from './accounts.ts';
import { confirmationService, textService } from './callback-rules.ts';
import type { Delivery } from './delivery.ts';
import type { SampleDevice } from './devices.ts';
import { type Call, json, m2mError, parameter, type Reply, readFields } from './http.ts';
import { type StatusNotice, statusCallback } from './payloads.ts';
import type { Registry } from './registry.ts';
import { readSendRequest } from './send-rules.ts';
import type { ReadSwitches } from './switches.ts';
import type { Timers } from './timers.ts';

export interface Send {
  readonly send: (call: Call) => Reply;
  readonly status: (call: Call) => Reply;
}

interface Dependencies {
  readonly accounts: Accounts;
  readonly registry: Registry;
  readonly delivery: Delivery;
  readonly devices: readonly SampleDevice[];
  readonly switches: ReadSwitches;
  readonly timers: Timers;
  /** Told when a text has reached its device. */
  readonly received: (device: SampleDevice, message: string) => void;
}

interface SentRequest {
  readonly account: string;
  status: 'Pending' | 'Success' | 'Failure';
}

const rememberedRequests = 10_000;

// The strings of confirmations are not in any source; these are made up.
const networkFailure = { code: 'REQUEST_FAILED.UnexpectedError', text: 'The network refused the message.' };
const expiry = { code: 'REQUEST_FAILED.SmsMessage.Expired', text: 'The message expired after 5 days.' };

/** Only texts from devices are queued: a notice that nobody takes is lost. */
function notify(account: string, service: string, notice: StatusNotice, dependencies: Dependencies): void {
  const { registry, delivery, switches } = dependencies;
  if (switches().sendReports === 'lost' || !registry.find(account, service)) return;
  delivery.deliver({
    account,
    service,
    stillWanted: () => true,
    body: (credentials, attempt) => statusCallback(notice, credentials, attempt, switches()),
    accepted: () => undefined,
    settled: () => undefined,
  });
}

/** What becomes of an accepted text: sent by the network, then received by its device, or not. */
function carry(
  requestId: string,
  request: SentRequest,
  device: SampleDevice,
  message: string,
  dependencies: Dependencies,
): void {
  const { switches, timers, received } = dependencies;
  const outcome = switches().sendOutcome;
  const tell = (service: string, confirmation: string, fault: StatusNotice['fault']) =>
    notify(request.account, service, { requestId, deviceIds: device.deviceIds, confirmation, fault }, dependencies);
  request.status = outcome === 'network-failure' ? 'Failure' : 'Success';
  if (outcome === 'network-failure') return tell(textService, 'Failed', networkFailure);
  tell(textService, 'Sent by network', null);
  timers.after(switches().sendDelayMs, () => {
    if (outcome === 'expired') return tell(confirmationService, 'Expired', expiry);
    tell(confirmationService, 'Received by device', null);
    return received(device, message);
  });
}

export function createSend(dependencies: Dependencies): Send {
  const { accounts, devices, switches, timers } = dependencies;
  const requests = new Map<string, SentRequest>();
  return {
    send(call) {
      const fields = readFields(call.body);
      if (!fields) return m2mError('DeserializationFailed', 'The request could not be read.');
      const read = readSendRequest(fields, accounts, devices);
      if (read.kind === 'refused') return read.reply;
      const requestId = randomUUID();
      const request: SentRequest = { account: read.account, status: 'Pending' };
      requests.set(requestId, request);
      const [oldest] = requests.keys();
      if (requests.size > rememberedRequests && oldest !== undefined) requests.delete(oldest);
      timers.after(switches().sendDelayMs, () => {
        for (const device of read.devices) carry(requestId, request, device, read.message, dependencies);
      });
      return json(200, { requestId });
    },
    status(call) {
      const [account, requestId] = [parameter(call, 'account'), parameter(call, 'request')];
      const refusal = accounts.refuse(account);
      if (refusal) return refusal;
      const request = requests.get(requestId);
      if (request?.account === account) return json(200, { requestId, status: request.status });
      return m2mError('INPUT_INVALID.RequestId.Invalid', 'The request was not found.');
    },
  };
}
