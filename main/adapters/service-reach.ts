import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Clock, ServiceReach } from '../core/ports.ts';

type Reach = Awaited<ReturnType<ServiceReach['try']>>;

const timeoutMs = 10_000;

function explain(error: NodeJS.ErrnoException, timedOut: boolean, connected: boolean): Result<never, ReachFailure> {
  const word = timedOut ? `no answer within ${timeoutMs / 1000} s` : (error.code ?? error.message);
  if (error.syscall === 'getaddrinfo') {
    return fail({
      hop: 'dns',
      message: `The name of the service cannot be found (${word}).`,
      fix: 'Check the network and the name server of this computer, and --api-base if it is given.',
    });
  }
  return connected
    ? fail({
        hop: 'tls',
        message: `There is a connection to the service, but no answer over it (${word}).`,
        fix: 'Check the clock, and whether a proxy or virus scanner replaces certificates: trust its authority in the system, or by NODE_EXTRA_CA_CERTS.',
      })
    : fail({
        hop: 'tls',
        message: `The service cannot be reached (${word}).`,
        fix: 'Check the network, the firewall, and HTTPS_PROXY if this network needs a proxy.',
      });
}

type ReachFailure = Extract<Reach, { readonly ok: false }>['error'];

/** Asks the service for its front page, without credentials: name, connection, encryption, and what its clock says. */
export function createServiceReach(
  apiBase: string,
  clock: Clock,
  proxyEnv: Readonly<Record<string, string>> = {},
): ServiceReach {
  return {
    try() {
      const url = new URL(`${apiBase}/`);
      const isEncrypted = url.protocol === 'https:';
      const send = isEncrypted ? httpsRequest : httpRequest;
      // A connection of its own, by the way that all others take.
      const agent = isEncrypted ? new HttpsAgent({ proxyEnv }) : new HttpAgent({ proxyEnv });
      const signal = AbortSignal.timeout(timeoutMs);
      return new Promise((resolve) => {
        let connected = false;
        const headers = { 'Content-Type': 'application/json' };
        const sent = send(url, { agent, method: 'HEAD', signal, headers });
        sent.once('socket', (socket: Socket) => {
          socket.once('connect', () => {
            connected = true;
          });
        });
        sent.on('error', (error) => resolve(explain(error, signal.aborted, connected)));
        sent.once('response', (response) => {
          response.resume();
          const serviceAt = Date.parse(response.headers.date ?? '');
          resolve(ok({ serviceAt: Number.isNaN(serviceAt) ? null : serviceAt, at: clock.now() }));
          sent.destroy();
        });
        sent.end();
      });
    },
  };
}
