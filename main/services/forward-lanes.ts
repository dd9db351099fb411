import type { ForwardRule } from '../../preload/contract/forward.ts';
import {
  type Forwarder,
  type ForwardLane,
  type ForwardLedger,
  forwardBody,
  nextTry,
  type PendingForward,
} from '../core/forward.ts';
import type { Context } from './context.ts';
import type { ForwardSecret } from './forward-secret.ts';

export interface ForwardLanesDeps extends Pick<Context, 'clock' | 'entropy' | 'log' | 'messages'> {
  readonly ledger: ForwardLedger;
  readonly forwarder: Forwarder;
  readonly secret: Pick<ForwardSecret, 'read'>;
  /** Tells a person. */
  readonly say: (sentence: string) => void;
  /** Whether texts may leave this computer's network. */
  readonly anywhere: () => boolean;
  /** The rules that hold, by key. One whose endpoint is gone is taken out. */
  readonly rules: Map<string, ForwardRule>;
}

/** Sends what is pending: lanes side by side, the texts of each one after the other. */
export interface ForwardLanes {
  /** There is something pending in a lane. */
  add(lane: ForwardLane): void;
  /** Starts what is due. */
  work(): void;
  /** Starts nothing more. Resolves when nothing is under way. */
  rest(): Promise<void>;
}

/** Posts of one rule that are under way at one time: an endpoint that hangs holds up no other. */
const atOnce = 8;
/** Before the ledger is asked again after it failed (milliseconds). */
export const storagePauseMs = 5000;

interface Lane extends ForwardLane {
  nextAt: number;
  busy: boolean;
  /** Something was added while the lane was looked at. */
  grown: boolean;
}

function keyOf({ rule, device }: ForwardLane): string {
  return `${rule} ${device}`;
}

/** Host and port of an endpoint: its path can hold what is not to be shown. */
function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]+)/i.exec(url)?.[1] ?? 'an endpoint';
}

export function createForwardLanes(deps: ForwardLanesDeps): ForwardLanes {
  const { clock, ledger, messages, rules } = deps;
  const lanes = new Map<string, Lane>();
  const underWay = new Set<Promise<void>>();
  const busy = new Map<string, number>();
  /** Rules whose endpoint failed and has not answered since. */
  const failing = new Set<string>();
  let stopped = false;
  let cancelWake = (): void => {};

  /** Starts what is due, and wakes when the next is. */
  function work(): void {
    cancelWake();
    if (stopped) return;
    const now = clock.now();
    let wakeAt = Number.POSITIVE_INFINITY;
    for (const lane of lanes.values()) {
      if (lane.busy || busyOf(lane) >= atOnce) continue;
      if (lane.nextAt > now) wakeAt = Math.min(wakeAt, lane.nextAt);
      else send(lane);
    }
    if (Number.isFinite(wakeAt)) cancelWake = clock.after(wakeAt - now, work);
  }

  function busyOf({ rule }: Lane): number {
    return busy.get(rule) ?? 0;
  }

  function send(lane: Lane): void {
    lane.busy = true;
    busy.set(lane.rule, busyOf(lane) + 1);
    const sending = sendNext(lane)
      .catch((bug: unknown) => {
        deps.log.write('error', 'forward-broke', {
          bug: bug instanceof Error ? (bug.stack ?? bug.message) : String(bug),
        });
        lane.nextAt = clock.now() + storagePauseMs;
      })
      .finally(() => {
        lane.busy = false;
        busy.set(lane.rule, busyOf(lane) - 1);
        underWay.delete(sending);
        work();
      });
    underWay.add(sending);
  }

  async function sendNext(lane: Lane): Promise<void> {
    lane.grown = false;
    const next = await ledger.next(lane);
    const rule = rules.get(lane.rule);
    if (!next.ok) lane.nextAt = clock.now() + storagePauseMs;
    else if (!rule || (next.value === null && !lane.grown)) lanes.delete(keyOf(lane));
    else if (next.value && next.value.nextAt > clock.now()) lane.nextAt = next.value.nextAt;
    else if (next.value) await deliver(lane, rule, next.value);
  }

  async function deliver(lane: Lane, rule: ForwardRule, pending: PendingForward): Promise<void> {
    const detail = await messages.detail(pending.messageId);
    if (!detail.ok) {
      lane.nextAt = clock.now() + storagePauseMs;
      return;
    }
    const { number } = pending;
    if (detail.value === null)
      return note(lane, { number, state: 'parked', status: null, reason: 'The text was deleted.', nextAt: 0 });
    const firstAt = pending.firstAt ?? clock.now();
    const { message } = detail.value;
    const posted = await deps.forwarder.post({
      url: rule.url,
      id: message.id,
      ...forwardBody(detail.value, rule.format),
      secret: await deps.secret.read(),
      replay: null,
      anywhere: deps.anywhere(),
    });
    tellOfEndpoint(lane.rule, rule, posted.ok ? null : posted.error.message);
    if (posted.ok) return note(lane, { number, state: 'delivered', status: posted.value, reason: null, nextAt: 0 });
    const failure = posted.error;
    const { status, message: reason } = failure;
    if (failure.kind === 'gone') {
      await note(lane, { number, state: 'stopped', status, reason, nextAt: 0 });
      return stopRule(lane.rule, rule, reason);
    }
    const times = { firstAt, now: clock.now(), chance: deps.entropy.chance() };
    const nextAt = nextTry(failure, pending.attempts + 1, times);
    if (nextAt !== null) return note(lane, { number, state: 'pending', status, reason, nextAt });
    deps.say(
      `A text could not be forwarded to ${hostOf(rule.url)} and is parked: ${reason} Send it again with "replay".`,
    );
    return note(lane, { number, state: 'parked', status, reason, nextAt: 0 });
  }

  /** Once when an endpoint begins to fail, and once when it works again. `reason`: null when it answered 2xx. */
  function tellOfEndpoint(key: string, rule: ForwardRule, reason: string | null): void {
    if (reason === null && failing.delete(key)) deps.say(`Texts are forwarded to ${hostOf(rule.url)} again.`);
    if (reason === null || failing.has(key)) return;
    failing.add(key);
    deps.say(`A text could not be forwarded to ${hostOf(rule.url)}: ${reason} It is kept and tried again.`);
  }

  async function note(lane: Lane, outcome: Omit<Parameters<ForwardLedger['note']>[0], 'at'>): Promise<void> {
    const noted = await ledger.note({ ...outcome, at: clock.now() });
    lane.nextAt = noted.ok ? outcome.nextAt : clock.now() + storagePauseMs;
  }

  async function stopRule(key: string, rule: ForwardRule, reason: string): Promise<void> {
    if (!rules.delete(key)) return;
    for (const lane of lanes.values()) if (lane.rule === key && !lane.busy) lanes.delete(keyOf(lane));
    await ledger.stopRule(key, reason, clock.now());
    deps.say(`Nothing more is forwarded to ${hostOf(rule.url)}: ${reason}`);
  }

  return {
    work,
    add({ rule, device }) {
      const known = lanes.get(keyOf({ rule, device }));
      if (known) known.grown = true;
      else lanes.set(keyOf({ rule, device }), { rule, device, nextAt: 0, busy: false, grown: false });
    },
    async rest() {
      stopped = true;
      cancelWake();
      await Promise.all(underWay);
    },
  };
}
