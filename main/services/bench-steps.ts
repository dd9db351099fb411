import type { BenchRun, BenchStep, BenchStepRun } from '../../preload/contract/bench.ts';
import type { DeviceId, Message } from '../../preload/contract/message.ts';
import type { AwaitedReply, Send } from '../../preload/contract/sends.ts';
import { withStep } from '../core/bench.ts';
import type { SendLedger, TextPatterns } from '../core/ports.ts';
import { type IsReply, readPattern } from '../core/reply-pattern.ts';
import type { Context } from './context.ts';
import type { Sending } from './sending.ts';

export interface BenchStepDeps extends Pick<Context, 'state' | 'clock' | 'log'> {
  readonly ledger: SendLedger;
  readonly patterns: TextPatterns;
  readonly sending: Sending;
}

/** What a run of the bench has going. */
export interface Going {
  run: BenchRun;
  readonly steps: readonly BenchStep[];
  readonly keepGoing: boolean;
  deviceIds: readonly DeviceId[];
  /** Texts of the device since the last command, of which none has answered a step. */
  texts: readonly Message[];
  /** Why the run is to end before its time; null: it is not. */
  stopped: string | null;
  /** Called when a text has come, a command has changed, or the run is to stop. */
  wake: () => void;
}

export type Ending = Pick<BenchStepRun, 'result'> & Partial<BenchStepRun>;

export interface BenchSteps {
  /** The run is now so: kept, and told. */
  save(current: Going, run: BenchRun): Promise<void>;
  /** Carries out a step and says how it ended; null: the run was stopped. */
  run(current: Going, index: number): Promise<Ending | null>;
}

/** How single steps of the bench are carried out. */
export function createBenchSteps(deps: BenchStepDeps): BenchSteps {
  const { state, clock, ledger, sending, log } = deps;

  async function save(current: Going, run: BenchRun): Promise<void> {
    current.run = run;
    const saved = await ledger.saveBench(run);
    if (!saved.ok) log.write('warn', 'bench-not-written', { message: saved.error.message });
    state.dispatch({ type: 'sends-changed' });
  }

  /** Resolves when `settled` gives a value, or to null when the run is stopped. */
  async function until<T>(current: Going, settled: () => T | null): Promise<T | null> {
    for (;;) {
      const value = settled();
      if (value !== null || current.stopped !== null) return value;
      await new Promise<void>((resolve) => {
        current.wake = resolve;
      });
    }
  }

  async function sendAndWait(current: Going, index: number, step: BenchStepRun, text: string): Promise<Ending | null> {
    const { account, to } = current.run;
    const { encoding = null, timeToLive = null } = current.steps[index] ?? {};
    const expect = step.expect && step.within !== null ? { pattern: step.expect, seconds: step.within } : null;
    current.texts = [];
    const sent = await sending.send({ account, to, text, encoding, timeToLiveSeconds: timeToLive, expect });
    if (!sent.ok) return { result: 'failed', reason: sent.error.message };
    const { id: sendId, requestId, awaited: asked } = sent.value;
    if (!expect) return { result: 'passed', sendId, requestId };
    let latest: Send | null = null;
    const end = sending.onChange((changed) => {
      if (changed.id !== sendId) return;
      latest = changed;
      current.wake();
    });
    await save(current, withStep(current.run, index, { sendId, requestId, dueAt: asked?.dueAt ?? null }));
    // The answer may have come before ThingSpace's own.
    const found = await ledger.find(sendId);
    latest ??= found.ok ? found.value : null;
    const ended = (): AwaitedReply | null => (latest?.awaited?.result === 'waiting' ? null : (latest?.awaited ?? null));
    const awaited = await until(current, ended);
    end();
    if (!awaited) {
      await sending.stopWaiting(sendId);
      return null;
    }
    const { reply, reason } = awaited;
    if (reply) current.texts = current.texts.filter(({ id }) => id !== reply.messageId);
    return { result: awaited.result === 'passed' ? 'passed' : 'failed', reply: replyOf(reply), reason };
  }

  async function waitOnly(current: Going, index: number, isReply: IsReply, seconds: number): Promise<Ending | null> {
    const dueAt = clock.now() + seconds * 1000;
    await save(current, withStep(current.run, index, { dueAt: new Date(dueAt).toISOString() }));
    const cancel = clock.after(seconds * 1000, () => current.wake());
    const found = await until(current, () => {
      const text = current.texts.find(isReply);
      return text ?? (clock.now() >= dueAt ? 'time-over' : null);
    });
    cancel();
    if (found === null) return null;
    if (found === 'time-over') return { result: 'failed', reason: `No such text came within ${seconds} s.` };
    current.texts = current.texts.filter(({ id }) => id !== found.id);
    const { id: messageId, text, receivedAt } = found;
    return { result: 'passed', reply: { messageId, text, receivedAt } };
  }

  async function run(current: Going, index: number): Promise<Ending | null> {
    const step = current.run.steps[index];
    if (!step) return null;
    if (step.send !== null) return sendAndWait(current, index, step, step.send);
    if (!step.expect || step.within === null) return { result: 'passed' };
    const isReply = readPattern(step.expect, deps.patterns, { now: clock.now() });
    return isReply.ok
      ? waitOnly(current, index, isReply.value, step.within)
      : { result: 'failed', reason: isReply.error };
  }

  return { save, run };
}

function replyOf(reply: { readonly messageId: string; readonly text: string; readonly receivedAt: string } | null) {
  return reply && { messageId: reply.messageId, text: reply.text, receivedAt: reply.receivedAt };
}
