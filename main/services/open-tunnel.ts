import type { TunnelChoice } from '../../preload/contract/tunnel.ts';
import type { OpenTunnel, TunnelFailure, Tunnels } from '../core/ports.ts';
import { checkPublicUrl } from '../core/public-url.ts';
import type { Context } from './context.ts';

export interface TunnelKeeperDeps extends Pick<Context, 'state' | 'clock'> {
  readonly tunnels: Tunnels;
  readonly loopbackAllowed: () => boolean;
}

/** The one tunnel that is open, or being opened. What becomes of it is told as events. */
export interface TunnelKeeper {
  /** Opens what was chosen, in place of what is open. False: there is nothing to open. */
  open(choice: TunnelChoice, localPort: number): Promise<boolean>;
  /** Takes note of whether the address was seen to lead here. A tunnel that hangs is closed, and opened by the plan. */
  proved(isProved: boolean): void;
  close(): Promise<void>;
}

/** So many proofs in a row that fail where one had come back: the tunnel hangs, though it says nothing. */
const failedProofs = 3;

/** A use of a tunnel; what a former one still tells is not listened to. */
interface Use {
  readonly abandon: () => void;
  readonly title: string;
  open: OpenTunnel | null;
  everProved: boolean;
  failed: number;
}

export function createTunnelKeeper({ state, clock, tunnels, loopbackAllowed }: TunnelKeeperDeps): TunnelKeeper {
  let current: Use | null = null;

  // An opening may take half a minute, which nobody waits for once something else is wanted.
  state.subscribe((event) => {
    if (event.type === 'stop-asked' || event.type === 'way-in-chosen') abandonOpening();
  });

  function abandonOpening(): void {
    if (current === null || current.open !== null) return;
    const { abandon } = current;
    current = null;
    abandon();
  }

  /** Puts another use, or none, in the place of the current one, which is ended. */
  async function replace(next: Use | null): Promise<void> {
    const former = current;
    current = next;
    if (former?.open) await former.open.close();
    else former?.abandon();
  }

  const close = (): Promise<void> => replace(null);

  function failed(code: 'tunnel-failed' | 'public-url-refused', { kind, message }: TunnelFailure): void {
    const problem = { code, message, account: null, service: null };
    state.dispatch({ type: 'address-failed', problem, passing: kind === 'passing', at: clock.now() });
  }

  /** Only what ThingSpace would call is registered. */
  function up(publicUrl: string): void {
    const checked = checkPublicUrl(publicUrl, { loopbackAllowed: loopbackAllowed() });
    if (checked.ok) return state.dispatch({ type: 'address-up', origin: checked.value, at: clock.now() });
    void close();
    failed('public-url-refused', { kind: 'needs-you', message: `The tunnel opened ${publicUrl}. ${checked.error}` });
  }

  function lost(use: Use, failure: TunnelFailure): void {
    if (current !== use || use.open === null) return;
    current = null;
    failed('tunnel-failed', failure);
  }

  function changed(use: Use, publicUrl: string): void {
    if (current !== use || use.open === null) return;
    use.everProved = false;
    use.failed = 0;
    up(publicUrl);
  }

  return {
    close,
    async open(choice, localPort) {
      const tunnel = tunnels.tunnel(choice);
      if (tunnel === null) return false;
      const use: Use = {
        abandon: () => tunnel.abandon(),
        title: choice.kind,
        open: null,
        everProved: false,
        failed: 0,
      };
      await replace(use);
      if (current !== use) return true;
      const opened = await tunnel.open(localPort, {
        changed: (publicUrl) => changed(use, publicUrl),
        lost: (failure) => lost(use, failure),
        noted: (text) => state.dispatch({ type: 'noted', text }),
      });
      if (current !== use) {
        if (opened.ok) await opened.value.close();
      } else if (opened.ok) {
        use.open = opened.value;
        up(opened.value.publicUrl);
      } else {
        current = null;
        failed('tunnel-failed', opened.error);
      }
      return true;
    },
    proved(isProved) {
      if (current?.open == null) return;
      current.failed = isProved ? 0 : current.failed + 1;
      current.everProved ||= isProved;
      if (!current.everProved || current.failed < failedProofs) return;
      const message = `The ${current.title} tunnel no longer leads here, though it says that it is open. It is opened anew.`;
      void close().then(() => failed('tunnel-failed', { kind: 'passing', message }));
    },
  };
}
