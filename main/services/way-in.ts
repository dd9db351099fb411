import type { Problem } from '../../preload/contract/snapshot.ts';
import type { TunnelChoice } from '../../preload/contract/tunnel.ts';
import type { CallbackListener, Entropy, ListenerHooks, OpenListener, Probe, Tunnels } from '../core/ports.ts';
import { checkPublicUrl, hostOf } from '../core/public-url.ts';
import { createSecret, sameSecret } from '../core/secret.ts';
import type { WayInStep } from '../core/state.ts';
import type { Context } from './context.ts';
import { createTunnelKeeper } from './open-tunnel.ts';
import type { RouteTable } from './route-table.ts';

export interface WayInChoices {
  /** Local port; null: a free one. */
  readonly port: number | null;
  /** Where the outside reaches the listener; null: nowhere. */
  readonly publicUrl: string | null;
  readonly extraHosts: readonly string[];
  /** What opens a way to the listener. A public URL given for one run is in its place. */
  readonly tunnel: TunnelChoice;
  /** With a service on this computer (the simulator, tests), the listener itself is the public URL. */
  readonly loopbackAllowed: boolean;
}

export interface WayInDeps extends Pick<Context, 'state' | 'clock' | 'log'> {
  readonly entropy: Entropy;
  readonly listener: CallbackListener;
  readonly probe: Probe;
  readonly tunnels: Tunnels;
  readonly routes: RouteTable;
  readonly hooks: ListenerHooks;
  readonly choices: () => WayInChoices;
}

export interface WayIn {
  perform(step: WayInStep): Promise<void>;
  close(withinMs: number): Promise<void>;
}

/** Ports that ThingSpace calls (API notes, section 2.1) and that need no privilege here, tried in this order. */
const usualPorts = [9001, 9002, 9003, 9004, 9005, 9006, 50551, 50552, 50553, 50554, 50555, 50556, 50557, 50558, 50559];

/** The listener, its public URL, and the proof that one leads to the other. */
export function createWayIn(deps: WayInDeps): WayIn {
  const { state, clock, entropy, routes } = deps;
  const key = createSecret(entropy.token());
  let open: OpenListener | null = null;
  const tunnel = createTunnelKeeper({
    state,
    clock,
    tunnels: deps.tunnels,
    loopbackAllowed: () => deps.choices().loopbackAllowed,
  });

  async function openListener(): Promise<void> {
    const { port, publicUrl, loopbackAllowed, tunnel } = deps.choices();
    // Only where the listener is its own public URL does ThingSpace's rule of ports bind the local port.
    const candidates =
      port === null && publicUrl === null && tunnel.kind === 'none' && loopbackAllowed ? usualPorts : [port];
    let problem = '';
    for (const candidate of candidates) {
      const opened = await deps.listener.open(
        { port: candidate, routes: () => routes.all(), hosts, proof },
        deps.hooks,
      );
      if (opened.ok) {
        open = opened.value;
        state.dispatch({ type: 'listener-opened', port: open.port });
        return;
      }
      problem = opened.error.message;
      if (opened.error.kind !== 'port-in-use') break;
    }
    state.dispatch({ type: 'listener-failed', problem: told('listener-failed', problem), at: clock.now() });
  }

  function hosts(): readonly string[] {
    const { address } = state.get();
    const own = address.kind === 'up' ? [hostOf(address.origin)] : [];
    return [...own, ...deps.choices().extraHosts];
  }

  function proof(nonce: string): string {
    return entropy.sign(key, nonce);
  }

  async function openAddress(): Promise<void> {
    const { listener } = state.get();
    const { publicUrl, loopbackAllowed, tunnel: choice } = deps.choices();
    if (listener.kind === 'open' && (await tunnel.open(choice, listener.port))) return;
    const given =
      (choice.kind === 'url' ? choice.publicUrl : publicUrl) ??
      (loopbackAllowed && listener.kind === 'open' ? `http://127.0.0.1:${listener.port}` : null);
    if (given === null) return state.dispatch({ type: 'address-missing' });
    const checked = checkPublicUrl(given, { loopbackAllowed });
    if (checked.ok) state.dispatch({ type: 'address-up', origin: checked.value, at: clock.now() });
    else
      state.dispatch({
        type: 'address-failed',
        problem: told('public-url-refused', checked.error),
        passing: false,
        at: clock.now(),
      });
  }

  /** A nonce goes out by the public URL and has to come back signed with a key that only this process has. */
  async function probe(): Promise<void> {
    const { address } = state.get();
    if (address.kind !== 'up') return;
    const nonce = entropy.token();
    const answer = await deps.probe.fetch(`${address.origin}/proof/${nonce}`);
    const at = clock.now();
    const now = state.get().address;
    // The address changed meanwhile: this says nothing about the new one.
    if (now.kind !== 'up' || now.origin !== address.origin) return;
    const isProved = answer.ok && sameSecret(answer.value.trim(), createSecret(proof(nonce)));
    tunnel.proved(isProved);
    if (isProved) return state.dispatch({ type: 'proved', at });
    const message = answer.ok
      ? `Something else answers at ${address.origin}. Check that the public URL leads to port ${open?.port ?? 0} on this computer.`
      : answer.error.message;
    state.dispatch({ type: 'proof-failed', problem: told('public-url-unreachable', message), at });
  }

  async function close(withinMs: number): Promise<void> {
    const closing = open;
    open = null;
    // What was accepted is answered through the tunnel before it goes.
    await closing?.close(withinMs);
    await tunnel.close();
    state.dispatch({ type: 'way-in-closed' });
  }

  return {
    close,
    async perform(step) {
      switch (step) {
        case 'open-listener':
          return openListener();
        case 'open-address':
          return openAddress();
        case 'probe':
          return probe();
        case 'close-way-in':
          return close(1000);
      }
    },
  };
}

function told(code: Problem['code'], message: string): Problem {
  return { code, message, account: null, service: null };
}
