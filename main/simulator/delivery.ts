/** Getting a callback to a listener: attempts, retries, duplicates. Notes, section 2.3. */
import { createPool, type Pool } from './pool.ts';
import type { Pusher, PushOutcome } from './push.ts';
import { type Random, whole } from './random.ts';
import type { CallbackCredentials, Registry } from './registry.ts';
import type { ReadSwitches, Switches } from './switches.ts';
import { createTimers } from './timers.ts';

interface Callback {
  readonly account: string;
  readonly service: string;
  /** False once there is no point in another attempt. */
  readonly stillWanted: () => boolean;
  readonly body: (credentials: CallbackCredentials, attempt: number) => string;
  /** A 2xx was seen, once for each. */
  readonly accepted: () => void;
  /** All attempts are over; after that only a late 2xx can still change `refused` into `accepted`. */
  readonly settled: (outcome: 'accepted' | 'refused') => void;
}

export interface Delivery {
  deliver(callback: Callback): void;
  /** Resolves when few enough callbacks wait for the next to be added. */
  roomForMore(): Promise<void>;
  /** Resolves when nothing is being pushed and no retry is due. */
  idle(): Promise<void>;
  /** Ends every connection and timer; what was on its way is refused. */
  close(): void;
}

interface Dependencies {
  readonly registry: Registry;
  readonly pusher: Pusher;
  readonly switches: ReadSwitches;
  readonly random: Random;
}

const attemptLimit: Readonly<Record<Switches['retries'], number>> = { none: 1, documented: 4, measured: 2 };
const comfortablyFull = 2000;

/** An unanswered request has already waited for longer than the measured pause. */
function pauseBeforeRetry(outcome: PushOutcome, switches: Switches): number {
  if (switches.retries === 'documented') return switches.documentedRetryMs;
  return outcome === 'unanswered' ? 0 : switches.measuredRetryMs;
}

type Attempt = (callback: Callback, attempt: number) => Promise<PushOutcome>;

/** Makes one attempt, and now and then a second delivery of what was accepted. */
function createAttempt({ registry, pusher, switches, random }: Dependencies): Attempt {
  async function once(callback: Callback, attempt: number): Promise<PushOutcome> {
    const registration = registry.find(callback.account, callback.service);
    if (!registration) return 'refused';
    const body = callback.body(registry.credentialsFor(registration), attempt);
    const outcome = await pusher.push(registration.url, body, switches().callbackTimeoutMs, () => {
      callback.accepted();
      if (switches().lateAcceptance === 'counted') callback.settled('accepted');
    });
    if (outcome === 'accepted') callback.accepted();
    return outcome;
  }

  return async (callback, attempt) => {
    const outcome = await once(callback, attempt);
    if (outcome === 'accepted' && random() < switches().duplicateFraction) await once(callback, attempt);
    return outcome;
  };
}

function createPushPool({ switches, random }: Dependencies): Pool {
  return createPool(
    () => switches().pushConcurrency,
    (choices) => (switches().deliveryOrder === 'in-order' ? 0 : whole(random, 0, choices - 1)),
  );
}

export function createDelivery(dependencies: Dependencies): Delivery {
  const { pusher, switches } = dependencies;
  const timers = createTimers();
  const paused = new Set<Callback>();
  let isClosed = false;
  const makeAttempt = createAttempt(dependencies);
  const pool = createPushPool(dependencies);

  // The pause must not hold one of the places in the pool.
  function runAfterPause(callback: Callback, attempt: number, outcome: PushOutcome): void {
    paused.add(callback);
    timers.after(pauseBeforeRetry(outcome, switches()), () => {
      paused.delete(callback);
      pool.add(() => run(callback, attempt));
    });
  }

  async function run(callback: Callback, attempt: number): Promise<void> {
    const isWanted = callback.stillWanted() && !isClosed;
    const outcome = isWanted ? await makeAttempt(callback, attempt) : null;
    if (outcome === 'accepted') return callback.settled('accepted');
    const isLast = outcome === null || isClosed || attempt >= attemptLimit[switches().retries];
    return isLast ? callback.settled('refused') : runAfterPause(callback, attempt + 1, outcome);
  }

  async function idle(): Promise<void> {
    do {
      await timers.none();
      await pool.downTo(0);
    } while (timers.pending() > 0);
  }

  return {
    deliver: (callback) => pool.add(() => run(callback, 1)),
    roomForMore: () => pool.downTo(comfortablyFull),
    idle,
    close() {
      isClosed = true;
      pusher.close();
      timers.close();
      for (const callback of paused) callback.settled('refused');
    },
  };
}
