import type { Delivery } from '../../preload/contract/message.ts';

/*
 * What a report of the network says of a text. Two services send such reports (API notes, 2.6 and 5):
 * EnhancedConnectivityService when the network has sent a text, SMSDeliveryConfirmation when the device has received it
 * or its time is over. The words of `confirmation` are documented nowhere, so the service that a report came by decides,
 * and words only where they are plain.
 */

/** By which registration it came; null where that is not known. */
export type ReportOrigin = 'network' | 'confirmation' | null;

export interface ReportWords {
  readonly status: string;
  readonly confirmation: string | null;
  /** Code and words of `faultResponse`, or null without one. */
  readonly fault: string | null;
}

const ofExpiry = /expir|time[ -]?to[ -]?live|validity/i;
const ofReceipt = /receiv|deliver|acknowledg/i;
const ofSending = /sent|submit|accept|queu/i;
const ofFailure = /^(?:fail|failed|failure|error|rejected|deliveryfailed|undeliver\w*)$/i;

/** The state that a report puts a text into. A success that is not plain claims no more than that it was sent. */
export function meaningOf({ status, confirmation, fault }: ReportWords, origin: ReportOrigin): Delivery['meaning'] {
  const words = [status, confirmation ?? '', fault ?? ''].join(' ');
  if (ofExpiry.test(words)) return 'expired';
  if (fault !== null || ofFailure.test(status.trim()) || ofFailure.test((confirmation ?? '').trim())) return 'failed';
  const said = confirmation ?? status;
  if (origin === 'confirmation') return 'delivered';
  return ofReceipt.test(said) && !ofSending.test(said) ? 'delivered' : 'sent';
}

/** Whether it says anything of how a request came out: one that is pending, or says nothing, does not. */
export function saysOutcome({ status, confirmation, fault }: ReportWords): boolean {
  return fault !== null || confirmation !== null || /success|fail|sent|deliver|receiv|expir|reject/i.test(status);
}
