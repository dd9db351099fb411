import { describe, expect, test } from 'vitest';
import type { OpenTunnel, TunnelEvents, TunnelFailure, Tunnels } from '../../main/core/ports.ts';
import { createStore } from '../../main/core/store.ts';
import { createTunnelKeeper } from '../../main/services/open-tunnel.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { createFakeClock } from '../fakes/clock.ts';

/** A tunnel that opens when it is told to, and counts what becomes of it. */
function scripted() {
  const opening = Promise.withResolvers<Result<OpenTunnel, TunnelFailure>>();
  let told: TunnelEvents | null = null;
  const counts = { abandoned: 0, closed: 0 };
  const tunnels: Tunnels = {
    tunnel: () => ({
      open(_port, events) {
        told = events;
        return opening.promise;
      },
      abandon: () => void (counts.abandoned += 1),
    }),
    offers: () => Promise.resolve([]),
    hosts: () => [],
    forgetHost: () => ok(false),
    endLeftovers: () => undefined,
  };
  const state = createStore();
  const clock = createFakeClock();
  const keeper = createTunnelKeeper({ state, clock, tunnels, loopbackAllowed: () => false });
  const up = (publicUrl: string): void =>
    opening.resolve(ok({ publicUrl, close: async () => void (counts.closed += 1) }));
  return { state, clock, keeper, counts, up, events: () => told };
}

const choice = { kind: 'localtunnel', subdomain: null } as const;

describe('the open tunnel', () => {
  test('that says nothing but leads here no longer is closed and opened anew; one that never led here is left alone', async () => {
    const never = scripted();
    never.up('https://a.example.com');
    await never.keeper.open(choice, 4711);
    for (let times = 0; times < 10; times += 1) never.keeper.proved(false);
    expect(never.counts.closed).toBe(0);

    const once = scripted();
    once.up('https://a.example.com');
    await once.keeper.open(choice, 4711);
    once.keeper.proved(true);
    for (let times = 0; times < 3; times += 1) once.keeper.proved(false);
    await expect.poll(() => once.state.get().address.kind).toBe('failed');
    expect(once.counts.closed).toBe(1);
    expect(once.state.get().address).toMatchObject({ passing: true, problem: { code: 'tunnel-failed' } });
  });

  test('is given up while it opens when something else is chosen or all stops, and what comes late is closed', async () => {
    for (const event of [{ type: 'way-in-chosen' }, { type: 'stop-asked' }] as const) {
      const late = scripted();
      const opened = late.keeper.open(choice, 4711);
      await expect.poll(() => late.events()).not.toBeNull();
      late.state.dispatch(event);
      expect(late.counts.abandoned).toBe(1);
      late.up('https://late.example.com');
      await opened;
      expect(late.counts.closed).toBe(1);
      expect(late.state.get().address.kind).toBe('none');
    }
  });

  test('that moves where ThingSpace does not call is closed, and not tried again soon', async () => {
    const moved = scripted();
    moved.up('https://a.example.com');
    await moved.keeper.open(choice, 4711);
    moved.events()?.changed('https://a.example.com:8443');
    expect(moved.counts.closed).toBe(1);
    expect(moved.state.get().address).toMatchObject({
      kind: 'failed',
      passing: false,
      problem: { code: 'public-url-refused' },
      retryAt: moved.clock.now() + 15 * 60_000,
    });
    moved.events()?.changed('https://b.example.com');
    expect(moved.state.get().address.kind).toBe('failed');
  });

  test('that is lost again and again is opened ever more seldom, until it lasted', async () => {
    const { state, clock } = scripted();
    const problem = { code: 'tunnel-failed', message: 'lost', account: null, service: null } as const;
    const waits: number[] = [];
    for (const lastedMs of [0, 10, 10, 10, 120_000]) {
      state.dispatch({ type: 'address-up', origin: 'https://a.example.com', at: clock.now() });
      clock.jump(lastedMs);
      state.dispatch({ type: 'address-failed', problem, passing: true, at: clock.now() });
      const { address } = state.get();
      waits.push(address.kind === 'failed' ? address.retryAt - clock.now() : 0);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 1000]);
  });
});
