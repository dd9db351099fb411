import { isPassing, type ServiceFailure } from './failure.ts';

/** Whether a request that failed may have been carried out all the same: then it is not known whether the text was taken. */
export function mayHaveBeenTaken(failure: ServiceFailure): boolean {
  switch (failure.kind) {
    case 'no-credentials':
    case 'keychain':
    case 'sign-in-refused':
    case 'sign-in-stopped':
    case 'refused':
    case 'not-found':
    case 'rate-limited':
      return false;
    case 'network':
      return failure.mayHaveArrived;
    case 'unavailable':
      return failure.status === null || failure.status >= 500;
    case 'timeout':
    case 'unreadable':
    case 'cancelled':
      return true;
  }
}

const notKnown =
  'It is not known whether ThingSpace took the text. Look whether the device answers before you send it again.';

/** Why a text was not sent, or may not have been. It is never sent again by itself, so no sentence here promises that. */
export function notTakenSentence(failure: ServiceFailure): string {
  switch (failure.kind) {
    case 'no-credentials':
    case 'keychain':
    case 'sign-in-refused':
    case 'sign-in-stopped':
    case 'refused':
    case 'not-found':
      return failure.message;
    case 'rate-limited':
      return 'ThingSpace asks for fewer requests and did not take the text. Send it again in a while.';
    case 'network':
      return failure.mayHaveArrived
        ? `The connection broke before ThingSpace had answered. ${notKnown}`
        : 'ThingSpace could not be reached, so the text was not sent. Check the network, then send it again.';
    case 'unavailable':
      return mayHaveBeenTaken(failure)
        ? `ThingSpace has trouble of its own. ${notKnown}`
        : 'ThingSpace did not take the text, and gives no reason that helps. Send it again in a while.';
    case 'timeout':
      return `ThingSpace did not answer in time. ${notKnown}`;
    case 'unreadable':
      return `What came in place of ThingSpace's answer could not be understood. ${notKnown}`;
    case 'cancelled':
      return `The app stopped before ThingSpace had answered. ${notKnown}`;
  }
}

/** The same where signing in failed: then no text was on its way. */
export function notSignedInSentence(failure: ServiceFailure): string {
  return isPassing(failure)
    ? 'The app could not sign in to ThingSpace, so the text was not sent. Check the network, then send it again.'
    : failure.message;
}
