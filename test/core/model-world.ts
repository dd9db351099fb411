import type { Event } from '../../main/core/event.ts';
import { serviceFailure } from '../../main/core/failure.ts';
import { mayFetch } from '../../main/core/plan.ts';
import type { AccountStep, State, Step } from '../../main/core/state.ts';
import type { Problem } from '../../preload/contract/snapshot.ts';

/*
 * ThingSpace, the network and the disk, as far as the plan can tell: what each step finds and changes there, and the
 * events that it comes to. It does what services/performer.ts and services/registration.ts do, without waiting.
 */

/** Whose URL is registered; ours with the origin that it was made for. */
export type Holder =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'other' }
  | { readonly kind: 'ours'; origin: string };

export interface World {
  now: number;
  /** null: no public URL is configured. */
  origin: string | null;
  readonly holders: Map<string, Holder>;
  readonly queued: Map<string, number>;
}

export const faultKinds = ['network', 'refused', 'sign-in-refused', 'keychain', 'rate-limited'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Broken rules, found while steps were carried out. */
export type Breach = (what: string) => void;

export function problem(code: Problem['code']): Problem {
  return { code, message: `${code} in words.`, account: null, service: null };
}

export function holderOf(world: World, account: string): Holder {
  return world.holders.get(account) ?? { kind: 'nobody' };
}

function failure(kind: FaultKind) {
  return serviceFailure(kind, `${kind} in words.`, kind === 'rate-limited' ? { retryAfterMs: 90_000 } : {});
}

function seen(world: World, account: string): Event {
  const holder = holderOf(world, account);
  const at = world.now;
  if (holder.kind === 'nobody') return { type: 'registration-seen', account, seen: { kind: 'nobody', at } };
  if (holder.kind === 'other') {
    return { type: 'registration-seen', account, seen: { kind: 'other', at, holder: 'ops.example.com', taken: false } };
  }
  const current = holder.origin === world.origin;
  return { type: 'registration-seen', account, seen: { kind: 'ours', at, holder: holder.origin, current } };
}

function register(state: State, world: World, account: string, breach: Breach): readonly Event[] {
  const { address } = state;
  if (address.kind !== 'up') return [];
  if (holderOf(world, account).kind === 'other' && !state.wishes[account]?.takeOver) return [seen(world, account)];
  if (!state.wishes[account]) breach('registered an account that nobody wants');
  world.holders.set(account, { kind: 'ours', origin: address.origin });
  return [{ type: 'registered', account, holder: address.origin, at: world.now }];
}

function drain(state: State, world: World, account: string): readonly Event[] {
  // What was chosen meanwhile ends the fetching before the next request.
  if (!mayFetch(state, account)) return [];
  const count = world.queued.get(account) ?? 0;
  world.queued.set(account, 0);
  const fetched: readonly Event[] = count > 0 ? [{ type: 'queue-fetched', account, count }] : [];
  return [...fetched, { type: 'queue-emptied', account, at: world.now, fetched: count }];
}

function startCallbacks(world: World, account: string, breach: Breach): readonly Event[] {
  if (holderOf(world, account).kind === 'other') breach('a stranger was sent our texts');
  world.queued.set(account, 0);
  return [{ type: 'callbacks-started', account, at: world.now }];
}

function release(world: World, account: string): readonly Event[] {
  if (holderOf(world, account).kind === 'ours') world.holders.set(account, { kind: 'nobody' });
  return [{ type: 'released', account }];
}

function accountStep(state: State, world: World, account: string, step: AccountStep, breach: Breach) {
  switch (step) {
    case 'look':
      return [seen(world, account)];
    case 'register':
      return register(state, world, account, breach);
    case 'drain':
      return drain(state, world, account);
    case 'start-callbacks':
      return startCallbacks(world, account, breach);
    case 'peek': {
      const waiting = world.queued.get(account) ?? 0;
      return [{ type: 'queue-looked-at', account, at: world.now, waiting } as const];
    }
    case 'release':
      return release(world, account);
  }
}

function wayIn(world: World, step: Extract<Step, { lane: 'way-in' }>['step'], fails: boolean): Event {
  const at = world.now;
  switch (step) {
    case 'open-listener':
      return fails
        ? { type: 'listener-failed', problem: problem('listener-failed'), at }
        : { type: 'listener-opened', port: 9001 };
    case 'open-address':
      if (world.origin === null) return { type: 'address-missing' };
      return fails
        ? { type: 'address-failed', passing: true, problem: problem('tunnel-failed'), at }
        : { type: 'address-up', origin: world.origin, at };
    case 'probe':
      return fails ? { type: 'proof-failed', problem: problem('public-url-unreachable'), at } : { type: 'proved', at };
    case 'close-way-in':
      return { type: 'way-in-closed' };
  }
}

/** What a step comes to; with `fault`, how it fails instead. */
export function perform(
  state: State,
  world: World,
  step: Step,
  fault: FaultKind | null,
  breach: Breach,
): readonly Event[] {
  const at = world.now;
  switch (step.lane) {
    case 'way-in':
      return [wayIn(world, step.step, fault !== null)];
    case 'sign-in':
      return [fault ? { type: 'sign-in-failed', failure: failure(fault), at, chance: 0.5 } : { type: 'signed-in' }];
    case 'storage':
      return fault
        ? [{ type: 'storage-failed', failure: { kind: 'disk-full', message: 'The disk is full.' }, at }]
        : [{ type: 'storage-recovered' }];
    case 'account':
      return fault
        ? [{ type: 'step-failed', ...pick(step), failure: failure(fault), at, chance: 0.5 }]
        : accountStep(state, world, step.account, step.step, breach);
  }
}

function pick({ account, step }: Extract<Step, { lane: 'account' }>) {
  return { account, step };
}
