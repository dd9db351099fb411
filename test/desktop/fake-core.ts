import type { Happening } from '../../main/services/core.ts';
import type { SpokenCore } from '../../main/services/spoken-core.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import { type MethodName, methods } from '../../preload/contract/methods.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { defaultSettings, type Settings } from '../../preload/contract/settings.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { sampleSnapshot } from '../fakes/samples.ts';

export interface FakeCore extends SpokenCore {
  readonly calls: (readonly [caller: string, name: string, input: unknown])[];
  readonly answers: Map<string, Result<unknown, PublicError>>;
  chosen: Settings;
  /** Whether input that the contract does not take is a failure of the test. */
  strict: boolean;
  woken: number;
  started: number;
  stopped: number;
  /** Holds `stop` back until it is called. */
  finishStop: () => void;
  show(change: Partial<Snapshot>): void;
  happen(happening: Happening): void;
}

/** A core that records what a face asks, and says what a test tells it to. */
export function createFakeCore(): FakeCore {
  let current = sampleSnapshot();
  const snapshots = new Set<(snapshot: Snapshot) => void>();
  const happenings = new Set<(happening: Happening) => void>();
  const stopping = Promise.withResolvers<void>();
  const core: FakeCore = {
    calls: [],
    say: (english) => english,
    answers: new Map(),
    chosen: defaultSettings,
    strict: false,
    woken: 0,
    started: 0,
    stopped: 0,
    finishStop: stopping.resolve,
    router: {
      async handle(caller, name, input) {
        core.calls.push([caller, name, input]);
        // What the face asks is what the contract takes; what a page asks is the router's to judge.
        if (core.strict && name in methods) methods[name as MethodName].input.parse(input);
        if (name === 'settings.get') return ok(core.chosen);
        if (name === 'snapshot.get') return ok(current);
        if (name === 'settings.change') core.chosen = { ...core.chosen, ...(input as Partial<Settings>) };
        const answer = core.answers.get(name);
        // What a test makes up is what the contract promises.
        if (answer?.ok && name in methods) methods[name as MethodName].output.parse(answer.value);
        return answer ?? ok(name === 'timeline.page' ? { entries: [] } : {});
      },
    },
    snapshot: () => current,
    settings: () => core.chosen,
    onSnapshot(listener) {
      snapshots.add(listener);
      return () => snapshots.delete(listener);
    },
    onHappening(listener) {
      happenings.add(listener);
      return () => happenings.delete(listener);
    },
    woke: () => void (core.woken += 1),
    start: () => void (core.started += 1),
    stop() {
      core.stopped += 1;
      return stopping.promise;
    },
    show(change) {
      current = { ...current, ...change, number: current.number + 1 };
      for (const listener of snapshots) listener(current);
    },
    happen(happening) {
      for (const listener of happenings) listener(happening);
    },
  };
  return core;
}
