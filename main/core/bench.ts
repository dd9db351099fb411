import type { BenchRun, BenchScript, BenchStep, BenchStepRun } from '../../preload/contract/bench.ts';
import type { DeviceId } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ReplyPattern } from '../../preload/contract/sends.ts';
import { fillTemplate, placeholdersOf } from '../../preload/contract/template.ts';

/* What a script for the bench becomes on one device, and how its steps end. Pure. */

/** An answer is waited for so long when a step does not say (seconds). */
const usualSeconds = 60;

export interface BenchFacts {
  readonly id: string;
  readonly account: string;
  readonly to: DeviceId;
  /** Milliseconds since 1970. */
  readonly now: number;
}

function patternOf(expect: BenchStep['expect']): ReplyPattern | null {
  if (expect === undefined) return null;
  return typeof expect === 'string' ? { kind: 'text', value: expect } : expect;
}

function stepRun(step: BenchStep, values: BenchScript['values']): BenchStepRun {
  const expect = patternOf(step.expect);
  return {
    send: step.send === undefined ? null : fillTemplate(step.send, values),
    expect: expect && { ...expect, value: fillTemplate(expect.value, values) },
    within: expect ? (step.within ?? usualSeconds) : null,
    result: 'waiting',
    startedAt: null,
    endedAt: null,
    dueAt: null,
    sendId: null,
    requestId: null,
    reply: null,
    reason: null,
  };
}

/** A run that has not begun, or a sentence that says which values are missing. */
export function prepareBench(script: BenchScript, { id, account, to, now }: BenchFacts): Result<BenchRun, string> {
  const wanted = script.steps.flatMap(({ send }) => placeholdersOf(send ?? ''));
  const missing = [...new Set(wanted)].filter((name) => !Object.hasOwn(script.values, name));
  if (missing.length > 0) return fail(`The script has no value for ${missing.map((name) => `{${name}}`).join(', ')}.`);
  const steps = script.steps.map((step) => stepRun(step, script.values));
  const startedAt = new Date(now).toISOString();
  return ok({ id, name: script.name, account, to, startedAt, endedAt: null, result: 'running', steps });
}

/** The run with a step as it now is. */
export function withStep(run: BenchRun, index: number, change: Partial<BenchStepRun>): BenchRun {
  return { ...run, steps: run.steps.map((step, at) => (at === index ? { ...step, ...change } : step)) };
}

/** The run at its end: what never began is skipped, what was under way was stopped. */
export function endedBench(run: BenchRun, at: number, why: string | null): BenchRun {
  const endedAt = new Date(at).toISOString();
  const steps = run.steps.map((step): BenchStepRun => {
    if (step.result === 'waiting') return { ...step, result: 'skipped' };
    return step.result === 'running' ? { ...step, result: 'stopped', endedAt, reason: why } : step;
  });
  const isPassed = steps.every(({ result }) => result === 'passed');
  const result = why !== null ? 'stopped' : isPassed ? 'passed' : 'failed';
  return { ...run, endedAt, result, steps };
}
