import type { ServiceFailure } from '../core/failure.ts';
import { isWanted, mayFetch } from '../core/plan.ts';
import type { Step } from '../core/state.ts';
import type { CatchUp } from './catch-up.ts';
import type { Context } from './context.ts';
import type { RegistrationKeeper } from './registration.ts';
import type { WayIn } from './way-in.ts';

export interface PerformerDeps extends Context {
  readonly wayIn: WayIn;
  readonly registration: RegistrationKeeper;
  readonly catchUp: CatchUp;
}

type AccountStep = Extract<Step, { readonly lane: 'account' }>;

/** Carries out one step of the plan and reports what came of it as events. */
export function createPerformer(deps: PerformerDeps): (step: Step) => Promise<void> {
  const { state, clock, entropy } = deps;

  async function signIn(): Promise<void> {
    const signedIn = await deps.thingSpace.signIn();
    if (signedIn.ok) state.dispatch({ type: 'signed-in' });
    else state.dispatch({ type: 'sign-in-failed', failure: signedIn.error, at: clock.now(), chance: entropy.chance() });
  }

  async function checkStorage(): Promise<void> {
    const works = await deps.messages.checkWritable();
    if (works.ok) state.dispatch({ type: 'storage-recovered' });
    else state.dispatch({ type: 'storage-failed', failure: works.error, at: clock.now() });
  }

  function failed({ account, step }: AccountStep, failure: ServiceFailure): void {
    if (failure.kind === 'cancelled' && !isWanted(state.get(), account)) return;
    state.dispatch({ type: 'step-failed', account, step, failure, at: clock.now(), chance: entropy.chance() });
  }

  async function startCallbacks(step: AccountStep): Promise<void> {
    const { account } = step;
    const started = await deps.thingSpace.startCallbacks(account);
    if (started.ok) state.dispatch({ type: 'callbacks-started', account, at: clock.now() });
    else failed(step, started.error);
  }

  async function release(step: AccountStep): Promise<void> {
    const { account } = step;
    const released = await deps.registration.release(account);
    if (released.ok) state.dispatch({ type: 'released', account });
    else failed(step, released.error);
  }

  async function account(step: AccountStep): Promise<void> {
    switch (step.step) {
      case 'look':
        return deps.registration.look(step.account);
      case 'register':
        return deps.registration.register(step.account);
      case 'start-callbacks':
        return startCallbacks(step);
      case 'release':
        return release(step);
      case 'drain': {
        const mayGoOn = (): boolean => mayFetch(state.get(), step.account);
        const drained = await deps.catchUp.drain(step.account, mayGoOn);
        return drained.ok || !mayGoOn() ? undefined : failed(step, drained.error);
      }
      case 'peek': {
        const peeked = await deps.catchUp.peek(step.account);
        return peeked.ok ? undefined : failed(step, peeked.error);
      }
    }
  }

  return async (step) => {
    switch (step.lane) {
      case 'way-in':
        return deps.wayIn.perform(step.step);
      case 'sign-in':
        return signIn();
      case 'storage':
        return checkStorage();
      case 'account':
        return account(step);
    }
  };
}
