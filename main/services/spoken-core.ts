import type { BenchRun } from '../../preload/contract/bench.ts';
import type { MethodName, Output } from '../../preload/contract/methods.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import type { Send } from '../../preload/contract/sends.ts';
import type { Problem, Snapshot, TimelineEntry } from '../../preload/contract/snapshot.ts';
import { createLanguages } from '../core/words/language.ts';
import type { Say } from '../core/words/say.ts';
import type { Core } from './core.ts';

/** The core as a face shows it to a person: what it says is in the language of the settings, else of the person's system. */
export interface SpokenCore extends Core {
  /** A sentence of the face's own. */
  readonly say: Say;
}

/** `preferred`: the locales of the system or the browser, the best first. What devices wrote is left as it is. */
export type SpeakCore = (core: Core, preferred: readonly string[]) => SpokenCore;

export function createSpeakCore(): SpeakCore {
  const languages = createLanguages();
  return (core, preferred) => {
    const say: Say = (english) => languages(core.settings().language, preferred)(english);
    return {
      ...core,
      say,
      snapshot: () => snapshotIn(core.snapshot(), say),
      onSnapshot: (listener) => core.onSnapshot((snapshot) => listener(snapshotIn(snapshot, say))),
      router: {
        async handle(caller, name, input) {
          const answer = await core.router.handle(caller, name, input);
          if (!answer.ok) return fail({ ...answer.error, message: say(answer.error.message) });
          return isSpoken(name) ? ok(spoken(name, answer.value, say)) : answer;
        },
      },
    };
  };
}

function problemIn<P extends Problem | null>(problem: P, say: Say): P {
  return problem && { ...problem, message: say(problem.message) };
}

function snapshotIn(snapshot: Snapshot, say: Say): Snapshot {
  return {
    ...snapshot,
    sentence: say(snapshot.sentence),
    wayIn: { ...snapshot.wayIn, sentence: say(snapshot.wayIn.sentence) },
    action: snapshot.action && { ...snapshot.action, label: say(snapshot.action.label) },
    problems: snapshot.problems.map((problem) => problemIn(problem, say)),
    accounts: snapshot.accounts.map((account) => ({
      ...account,
      sentence: say(account.sentence),
      problem: problemIn(account.problem, say),
    })),
  };
}

/** A change of state begins with its name, which the window says itself. */
function entryIn(entry: TimelineEntry, say: Say): TimelineEntry {
  const [, state = '', reason = entry.text] =
    entry.kind === 'state' ? (/^([a-z-]+: )(.*)$/s.exec(entry.text) ?? []) : [];
  return { ...entry, text: `${state}${say(reason)}` };
}

function orNull(sentence: string | null, say: Say): string | null {
  return sentence === null ? null : say(sentence);
}

function sendIn(send: Send, say: Say): Send {
  const awaited = send.awaited && { ...send.awaited, reason: orNull(send.awaited.reason, say) };
  return { ...send, reason: orNull(send.reason, say), awaited };
}

function runIn(run: BenchRun, say: Say): BenchRun {
  return { ...run, steps: run.steps.map((step) => ({ ...step, reason: orNull(step.reason, say) })) };
}

/** Where sentences of the core stand in what a method answers. */
const spokenOutputs: { readonly [N in MethodName]?: (value: Output<N>, say: Say) => Output<N> } = {
  'snapshot.get': snapshotIn,
  'timeline.page': ({ entries }, say) => ({ entries: entries.map((entry) => entryIn(entry, say)) }),
  'inbox.message': (detail, say) => ({
    ...detail,
    forwards: detail.forwards.map((one) => ({ ...one, reason: orNull(one.reason, say) })),
  }),
  'export.progress': (progress, say) => ({
    ...progress,
    reason: orNull(progress.reason, say),
  }),
  'message.send': (sent, say) => ({ ...sent, send: sendIn(sent.send, say) }),
  'sends.page': ({ sends }, say) => ({ sends: sends.map((send) => sendIn(send, say)) }),
  'sends.get': sendIn,
  'sends.stopWaiting': sendIn,
  'devices.thread': (thread, say) => ({
    ...thread,
    entries: thread.entries.map((entry) =>
      entry.kind === 'sent' ? { ...entry, sent: sendIn(entry.sent, say) } : entry,
    ),
  }),
  'bench.start': runIn,
  'bench.stop': runIn,
  'bench.runs': ({ runs }, say) => ({ runs: runs.map((run) => runIn(run, say)) }),
  'unverified.page': ({ items }, say) => ({ items: items.map((item) => ({ ...item, reason: say(item.reason) })) }),
  'credentials.clear': (cleared, say) => ({ sentence: say(cleared.sentence) }),
  'account.restore': (restored, say) => ({ ...restored, sentence: say(restored.sentence) }),
  'credentials.state': (state, say) => ({ ...state, sentence: say(state.sentence) }),
  'app.examine': ({ checks }, say) => ({
    checks: checks.map((check) => ({
      ...check,
      reason: say(check.reason),
      fix: orNull(check.fix, say),
    })),
  }),
  'tunnel.offers': ({ offers }, say) => ({
    offers: offers.map((offer) => ({
      ...offer,
      title: say(offer.title),
      needs: say(offer.needs),
      publicPort: say(offer.publicPort),
      limits: say(offer.limits),
      why: say(offer.why),
    })),
  }),
};

function isSpoken(name: string): name is MethodName {
  return Object.hasOwn(spokenOutputs, name);
}

/** The handler of `name` made `value`: a tie that the type system cannot follow. */
function spoken(name: MethodName, value: unknown, say: Say): unknown {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const change = spokenOutputs[name] as ((value: unknown, say: Say) => unknown) | undefined;
  return change ? change(value, say) : value;
}
