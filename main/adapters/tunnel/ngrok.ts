import type { Session } from '@ngrok/ngrok';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { Clock, OpenTunnel, Tunnel, TunnelEvents, TunnelFailure } from '../../core/ports.ts';
import type { Secret } from '../../core/secret.ts';

export interface NgrokDeps {
  readonly domain: string | null;
  /** The authtoken. */
  readonly secret: () => Promise<Result<Secret, TunnelFailure>>;
  readonly clock: Clock;
}

const openWithinMs = 20_000;

/** ngrok's own codes (ngrok.com/docs/errors) that a person has to act on, in our words. */
const refusals: Readonly<Record<string, string>> = {
  ERR_NGROK_105:
    'This is no ngrok authtoken. Copy it from https://dashboard.ngrok.com/get-started/your-authtoken and store it with "tunnels secret ngrok".',
  ERR_NGROK_107:
    'ngrok does not accept this authtoken; it may have been reset. Store the new one with "tunnels secret ngrok".',
  ERR_NGROK_108: 'Too many ngrok agents run with this account. End the others, or take a larger plan.',
  ERR_NGROK_120: 'This version of ngrok is too old for the service. Update this app.',
  ERR_NGROK_313:
    'This ngrok name is not reserved for your account. Reserve it in the dashboard, or leave the name out.',
  ERR_NGROK_319:
    'This ngrok name is not reserved for your account. Reserve it in the dashboard, or leave the name out.',
  ERR_NGROK_320: 'This ngrok name belongs to another account. Choose another, or leave the name out.',
  ERR_NGROK_334: 'This ngrok name is in use already. End the other agent that serves it, or choose another name.',
  ERR_NGROK_725: 'The month’s data of this ngrok account is used up (1 GB on the free plan).',
  ERR_NGROK_727: 'The month’s requests of this ngrok account are used up (20,000 on the free plan).',
  ERR_NGROK_4018: 'ngrok needs an authtoken. Store yours with "tunnels secret ngrok".',
};

/** An error of the SDK in our words; the authtoken that it may repeat is cut out. */
export function ngrokFailure(error: unknown, secret: Secret | null): TunnelFailure {
  const given = error instanceof Error ? error.message : String(error);
  const words = secret === null || secret.reveal() === '' ? given : given.replaceAll(secret.reveal(), '…');
  const code = /ERR_NGROK_\d+/.exec(words)?.[0] ?? '';
  const known = refusals[code];
  if (known !== undefined) return { kind: 'needs-you', message: `${known} (${code})` };
  if (/failed to connect session|tcp connection|dns|timed? ?out/i.test(words))
    return {
      kind: 'passing',
      message:
        'ngrok cannot be reached. Check the network and the firewall (connect.ngrok-agent.com, port 443). It is tried again.',
    };
  const line = words.split('\n')[0]?.slice(0, 300) ?? '';
  return { kind: code === '' ? 'passing' : 'needs-you', message: `ngrok refused: ${line}` };
}

/** ngrok by its SDK. Its own reconnecting is switched off: what is lost is opened anew by the plan. */
export function createNgrokTunnel({ domain, secret, clock }: NgrokDeps): Tunnel {
  let abandon = (): void => {};

  async function connect(token: Secret, disconnected: (failure: TunnelFailure) => void): Promise<Session> {
    // Only where it is wanted: it loads a native library.
    const { SessionBuilder } = await import('@ngrok/ngrok');
    return new SessionBuilder()
      .authtoken(token.reveal())
      .handleDisconnection((_address, error) => {
        disconnected(ngrokFailure(new Error(`failed to connect session: ${error}`), token));
        return false;
      })
      .connect();
  }

  async function forward(token: Secret, localPort: number, events: TunnelEvents): Promise<OpenTunnel> {
    let isOpen = false;
    const session = await connect(token, (failure) => {
      if (!isOpen) return;
      void close();
      events.lost(failure);
    });
    const endpoint = session.httpEndpoint().forwardsTo('thingspace-sms');
    const listener = await (domain === null ? endpoint : endpoint.domain(domain)).listenAndForward(
      `http://127.0.0.1:${localPort}`,
    );
    async function close(): Promise<void> {
      isOpen = false;
      await listener.close().catch(() => undefined);
      await session.close().catch(() => undefined);
    }
    isOpen = true;
    return { publicUrl: listener.url() ?? '', close };
  }

  return {
    abandon: () => abandon(),
    async open(localPort, events) {
      const token = await secret();
      if (!token.ok) return token;
      const given = Promise.withResolvers<Result<OpenTunnel, TunnelFailure>>();
      abandon = () => given.resolve(fail({ kind: 'passing', message: 'ngrok was given up before it had an address.' }));
      const cancel = clock.after(openWithinMs, () => given.resolve(fail(ngrokFailure(new Error('timed out'), null))));
      const opening = forward(token.value, localPort, events);
      const outcome = await Promise.race([
        given.promise,
        opening.then(ok, (error: unknown) => fail(ngrokFailure(error, token.value))),
      ]);
      cancel();
      // What comes after it was given up is not kept.
      if (!outcome.ok)
        void opening.then(
          (late) => late.close(),
          () => undefined,
        );
      return outcome;
    },
  };
}
