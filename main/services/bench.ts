import type { BenchRun, BenchScript } from '../../preload/contract/bench.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { DeviceId } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { endedBench, prepareBench, withStep } from '../core/bench.ts';
import { canonicalDeviceId, sameDevice } from '../core/message.ts';
import type { Entropy } from '../core/ports.ts';
import { readPattern } from '../core/reply-pattern.ts';
import { isSince } from '../core/send-changes.ts';
import { type BenchStepDeps, createBenchSteps, type Going } from './bench-steps.ts';
import { refusal } from './router.ts';

export interface BenchDeps extends BenchStepDeps {
  readonly entropy: Entropy;
}

export interface BenchRequest {
  readonly account: string;
  readonly to: DeviceId;
  readonly script: BenchScript;
}

/** Commands sent to one device one after the other, each answer waited for before the next. */
export interface Bench {
  /** Ends what an earlier run of the app left open. */
  begin(): Promise<void>;
  start(request: BenchRequest): Promise<Result<BenchRun, PublicError>>;
  /** null: no such run is under way. */
  stop(id: string): BenchRun | null;
  close(): void;
}

const keptRuns = 100;
const byHand = 'The run was stopped here.';
const byEnd = 'The app ended during this step.';

export function createBench(deps: BenchDeps): Bench {
  const { state, clock, ledger } = deps;
  const steps = createBenchSteps(deps);
  let going: Going | null = null;

  async function run(current: Going): Promise<void> {
    for (const index of current.run.steps.keys()) {
      if (current.stopped !== null) break;
      const startedAt = new Date(clock.now()).toISOString();
      await steps.save(current, withStep(current.run, index, { result: 'running', startedAt }));
      const ending = await steps.run(current, index);
      if (!ending) break;
      const endedAt = new Date(clock.now()).toISOString();
      await steps.save(current, withStep(current.run, index, { ...ending, endedAt }));
      if (ending.result === 'failed' && !current.keepGoing) break;
    }
    await steps.save(current, endedBench(current.run, clock.now(), current.stopped));
  }

  function listen(current: Going): () => void {
    const { account } = current.run;
    return state.subscribe((event) => {
      if (event.type !== 'message-stored' || !event.isNew) return;
      const { message } = event;
      const isOurs = message.account === account && sameDevice(message.deviceIds, current.deviceIds);
      if (!isOurs || !isSince(message, Date.parse(current.run.startedAt))) return;
      current.texts = [...current.texts, message];
      current.wake();
    });
  }

  function problemOf(prepared: BenchRun): string | null {
    for (const [index, { expect }] of prepared.steps.entries()) {
      const read = expect && readPattern(expect, deps.patterns, { now: clock.now() });
      if (read?.ok === false) return `Step ${index + 1}: ${read.error}`;
    }
    return null;
  }

  return {
    async begin() {
      const runs = await ledger.benches(keptRuns);
      const open = runs.ok ? runs.value.filter(({ endedAt, id }) => endedAt === null && id !== going?.run.id) : [];
      for (const left of open) await ledger.saveBench(endedBench(left, clock.now(), byEnd));
    },
    async start({ account, to: given, script }) {
      if (going) return fail(refusal('not-allowed', `"${going.run.name}" runs already. Wait for its end, or stop it.`));
      const to = canonicalDeviceId(given);
      const id = deps.entropy.token();
      const prepared = prepareBench(script, { id, account, to, now: clock.now() });
      if (!prepared.ok) return fail(refusal('bad-input', prepared.error));
      const problem = problemOf(prepared.value);
      if (problem !== null) return fail(refusal('bad-input', problem));
      // From here on no other run can begin.
      const current = goingOf(prepared.value, script, [to]);
      going = current;
      const known = await ledger.identifiersOf(to);
      if (known.ok) current.deviceIds = known.value;
      const saved = await ledger.saveBench(current.run);
      if (!saved.ok) {
        going = null;
        return fail(refusal('storage-failed', saved.error.message));
      }
      const endListening = listen(current);
      void run(current).finally(() => {
        endListening();
        going = null;
      });
      return ok(current.run);
    },
    stop(id) {
      if (going?.run.id !== id) return null;
      going.stopped ??= byHand;
      going.wake();
      return going.run;
    },
    close() {
      if (!going) return;
      going.stopped ??= byEnd;
      going.wake();
    },
  };
}

function goingOf(run: BenchRun, { steps, keepGoing }: BenchScript, deviceIds: readonly DeviceId[]): Going {
  return { run, steps, keepGoing, deviceIds, texts: [], stopped: null, wake: () => {} };
}
