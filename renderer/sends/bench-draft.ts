import type { BenchScript, BenchStep } from '../../preload/contract/bench.ts';
import { placeholdersOf } from '../../preload/contract/template.ts';
import { type Draft, emptyDraft, expectationOf } from './draft.ts';

/** A script that is being written. Each step is a draft of a text; one without a text only waits. */
export interface BenchDraft {
  readonly name: string;
  readonly keepGoing: boolean;
  readonly values: Readonly<Record<string, string>>;
  readonly steps: readonly (Draft & { readonly key: number })[];
}

export function emptyBench(name: string): BenchDraft {
  return { name, keepGoing: false, values: {}, steps: [{ ...emptyDraft, expect: 'text', key: 1 }] };
}

export function withStep(draft: BenchDraft): BenchDraft {
  const key = Math.max(0, ...draft.steps.map((step) => step.key)) + 1;
  return { ...draft, steps: [...draft.steps, { ...emptyDraft, expect: 'text', key }] };
}

export function benchPlaces({ steps }: BenchDraft): readonly string[] {
  return [...new Set(steps.flatMap(({ text }) => placeholdersOf(text)))];
}

function stepOf(step: Draft): BenchStep | null {
  const expect = expectationOf(step);
  if (expect === 'unfit' || (step.text === '' && expect === null)) return null;
  return {
    ...(step.text === '' ? {} : { send: step.text }),
    ...(expect ? { expect: expect.pattern, within: expect.seconds } : {}),
  };
}

/** The script; null while a step says nothing, or not enough. The core checks it once more. */
export function scriptOf({ name, keepGoing, values, steps }: BenchDraft): BenchScript | null {
  const written = steps.flatMap((step) => stepOf(step) ?? []);
  return name.trim() === '' || written.length < steps.length ? null : { name, keepGoing, values, steps: written };
}

/** A script that was kept, to be changed or run. */
export function draftOf({ name, keepGoing, values, steps }: BenchScript): BenchDraft {
  return {
    name,
    keepGoing,
    values,
    steps: steps.map(({ send = '', expect, within }, index) => {
      const pattern = typeof expect === 'string' ? ({ kind: 'text', value: expect } as const) : expect;
      const seconds = String(within ?? emptyDraft.seconds);
      return {
        ...emptyDraft,
        key: index,
        text: send,
        expect: pattern?.kind ?? 'none',
        value: pattern?.value ?? '',
        seconds,
      };
    }),
  };
}
