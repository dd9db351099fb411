import type { ForwardResult, ForwardRule } from '../../preload/contract/forward.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { StorageFailure } from '../core/failure.ts';
import { type Forwarder, type ForwardLedger, laneOfMessage, ruleKey } from '../core/forward.ts';
import { forwardRefusal } from '../core/forward-target.ts';
import type { Context } from './context.ts';
import { createForwardLanes, type ForwardLanes, storagePauseMs } from './forward-lanes.ts';
import type { ForwardSecret } from './forward-secret.ts';
import { createReplay, type Replay } from './replaying.ts';

export interface ForwardingDeps extends Pick<Context, 'state' | 'clock' | 'entropy' | 'log' | 'messages'> {
  readonly ledger: ForwardLedger;
  readonly forwarder: Forwarder;
  readonly secret: ForwardSecret;
  /** Those of the settings and of this run. */
  readonly rules: () => readonly ForwardRule[];
  /** Whether texts may leave this computer's network. */
  readonly anywhere: () => boolean;
  /** Tells a person. */
  readonly say: (sentence: string) => void;
}

/** Sends texts on, in order for each device, until each is delivered, parked or stopped. */
export interface Forwarding {
  /** Takes up what an earlier run left; `newest` is the newest row that is stored. */
  begin(newest: number): Promise<void>;
  of(messageId: string): Promise<Result<readonly ForwardResult[], StorageFailure>>;
  /** The rules have changed. */
  renew(): Promise<void>;
  readonly replay: Replay;
  readonly secret: ForwardSecret;
  /** Starts nothing more, and waits for what is under way, at most so long. */
  stop(withinMs: number): Promise<void>;
}

const rowsAtOnce = 200;

/** What a run of the present rules has going. */
interface Run {
  readonly rules: Map<string, ForwardRule>;
  readonly through: Map<string, number>;
  readonly lanes: ForwardLanes;
}

export function createForwarding(deps: ForwardingDeps): Forwarding {
  const { state, clock, ledger, messages } = deps;
  let newest = 0;
  let stopped = false;
  let run: Run | null = null;
  let gathering: Promise<void> | null = null;
  let endSubscription = (): void => {};

  /** Looks at rows that were not looked at yet, and notes those to be sent on. */
  async function gatherSome(
    { rules, through, lanes }: Run,
    key: string,
    rule: ForwardRule,
  ): Promise<'some' | 'none' | 'failed'> {
    const upTo = newest;
    const after = through.get(key) ?? upTo;
    if (after >= upTo) return 'none';
    const page = await messages.page({ query: rule.query, before: null, after, limit: rowsAtOnce });
    if (!page.ok) return 'failed';
    // The endpoint may have said meanwhile that it is gone.
    if (!rules.has(key)) return 'none';
    const rows = page.value.messages.toReversed();
    const last = rows.at(-1)?.sequence ?? 0;
    const seen = rows.length === rowsAtOnce ? last : Math.max(last, upTo);
    const texts = rows.map((row) => ({ sequence: row.sequence, device: laneOfMessage(row) }));
    const added = await ledger.add(key, seen, texts);
    if (!added.ok) return 'failed';
    through.set(key, seen);
    for (const { device } of texts) lanes.add({ rule: key, device });
    lanes.work();
    return 'some';
  }

  async function gather(current: Run): Promise<void> {
    const holds = (): boolean => run === current;
    for (const [key, rule] of current.rules) {
      let found: Awaited<ReturnType<typeof gatherSome>> = 'some';
      while (found === 'some' && holds()) found = await gatherSome(current, key, rule);
      if (found === 'failed') clock.after(storagePauseMs, look);
    }
  }

  function look(): void {
    const current = run;
    if (!current || gathering) return;
    const before = newest;
    gathering = gather(current).finally(() => {
      gathering = null;
      if (newest > before) look();
    });
  }

  function rulesThatMay(): Map<string, ForwardRule> {
    const may = deps.rules().filter(({ url }) => {
      const refusal = forwardRefusal(url, deps.anywhere());
      if (refusal !== null) deps.say(refusal);
      return refusal === null;
    });
    return new Map(may.map((rule) => [ruleKey(rule), rule]));
  }

  async function begin(from: number): Promise<void> {
    newest = Math.max(from, state.get().inbox.newest);
    const rules = rulesThatMay();
    const begun = await ledger.begin([...rules.keys()], newest);
    if (!begun.ok) return deps.say(`Texts are not forwarded: ${begun.error.message}`);
    if (rules.size === 0 || stopped) return;
    const lanes = createForwardLanes({ ...deps, rules });
    run = { rules, through: new Map(Object.entries(begun.value.through)), lanes };
    for (const lane of begun.value.lanes) lanes.add(lane);
    newest = Math.max(newest, state.get().inbox.newest);
    endSubscription = state.subscribe((event) => {
      if (event.type !== 'message-stored') return;
      newest = Math.max(newest, event.message.sequence);
      look();
    });
    look();
    lanes.work();
  }

  async function rest(): Promise<void> {
    const ending = run;
    run = null;
    endSubscription();
    await Promise.allSettled([ending?.lanes.rest(), gathering]);
  }

  return {
    begin,
    of: (messageId) => ledger.of(messageId),
    replay: createReplay(deps),
    secret: deps.secret,
    async renew() {
      await rest();
      await begin(newest);
    },
    async stop(withinMs) {
      stopped = true;
      const rested = rest();
      await Promise.race([rested, new Promise<void>((resolve) => clock.after(withinMs, resolve))]);
      deps.forwarder.close();
      await rested;
    },
  };
}
