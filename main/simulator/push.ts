/** One HTTP request to a listener. Notes, section 2.3. */
import { Agent, type ClientRequest, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestSecure, Agent as SecureAgent } from 'node:https';

/** `accepted`: a 2xx. `refused`: any other answer, or no connection. `unanswered`: nothing within the time. */
export type PushOutcome = 'accepted' | 'refused' | 'unanswered';

export interface Pusher {
  /** Posts the body. A 2xx that comes after `unanswered` was reported is told to `acceptedLate`. */
  push(url: string, body: string, timeoutMs: number, acceptedLate: () => void): Promise<PushOutcome>;
  close(): void;
}

/** A request that was reported as unanswered stays open this long, as the field measurements suggest. */
const abandonAfterMs = 30_000;

/** Told apart from a connection that the listener closed, after which the request is sent again. */
const endedByUs = new Error('the simulator ended the request');

const lostConnection = new Set(['ECONNRESET', 'EPIPE']);

/** True for a kept-alive connection that the listener closed before it could see the request. */
function wasIdleConnection(request: ClientRequest, error: Error): boolean {
  return request.reusedSocket && 'code' in error && typeof error.code === 'string' && lostConnection.has(error.code);
}

type Begin = () => ClientRequest;

/** Makes one exchange of a request; `report` is called once or, for a late 2xx, twice. */
function exchange(begin: Begin, body: string, timeoutMs: number, report: (outcome: PushOutcome) => void): void {
  const request = begin();
  let isAnswered = false;
  const unanswered = setTimeout(() => report('unanswered'), timeoutMs);
  const abandoned = setTimeout(() => request.destroy(endedByUs), timeoutMs + abandonAfterMs);
  request.once('response', (response) => {
    const status = response.statusCode ?? 0;
    isAnswered = true;
    clearTimeout(unanswered);
    response.once('error', () => request.destroy()).resume();
    report(status >= 200 && status < 300 ? 'accepted' : 'refused');
  });
  request.on('error', (error) => {
    clearTimeout(unanswered);
    if (isAnswered) return;
    if (wasIdleConnection(request, error)) exchange(begin, body, timeoutMs, report);
    else report('refused');
  });
  request.once('close', () => clearTimeout(abandoned));
  request.end(body);
}

/** Turns the first report into the outcome, and a 2xx after it into a call of `acceptedLate`. */
function firstOutcome(resolve: (outcome: PushOutcome) => void, acceptedLate: () => void) {
  let isReported = false;
  return (outcome: PushOutcome): void => {
    if (!isReported) resolve(outcome);
    else if (outcome === 'accepted') acceptedLate();
    isReported = true;
  };
}

function headersFor(body: string): Readonly<Record<string, string | number>> {
  return {
    'Content-Type': 'application/json',
    'User-Agent': "Verizon's callback service",
    'Content-Length': Buffer.byteLength(body),
  };
}

/** `trustedCertificates`: PEM of authorities to trust instead of the recognised ones. */
export function createPusher(trustedCertificates?: string): Pusher {
  const plain = new Agent({ keepAlive: true });
  const secure = new SecureAgent({
    keepAlive: true,
    ...(trustedCertificates === undefined ? {} : { ca: trustedCertificates }),
  });
  const open = new Set<ClientRequest>();

  function begin(url: URL, body: string): ClientRequest {
    const isSecure = url.protocol === 'https:';
    const options: RequestOptions = { method: 'POST', agent: isSecure ? secure : plain, headers: headersFor(body) };
    const request = isSecure ? requestSecure(url, options) : requestPlain(url, options);
    open.add(request);
    return request.once('close', () => open.delete(request));
  }

  return {
    push(url, body, timeoutMs, acceptedLate) {
      const target = new URL(url);
      return new Promise((resolve) =>
        exchange(() => begin(target, body), body, timeoutMs, firstOutcome(resolve, acceptedLate)),
      );
    },
    close() {
      for (const request of open) request.destroy(endedByUs);
      plain.destroy();
      secure.destroy();
    },
  };
}
