/** The sample devices at work: reports at a rate, replies to commands, a backlog, a flood. */
import type { Delivery } from './delivery.ts';
import { answersTo, report, type SampleDevice } from './devices.ts';
import type { MobileOriginated } from './mobile-originated.ts';
import { createRandom, pick, type Random } from './random.ts';
import type { ReadSwitches } from './switches.ts';
import type { TextState } from './texts.ts';
import type { Timers } from './timers.ts';

export interface Traffic {
  /** Texts a second, over all devices. */
  readonly rate: number;
  readonly seed?: number;
}

export type FloodOutcome = Readonly<Record<TextState, number>>;

export interface Scenario {
  /** Lets the devices text by themselves until the returned function is called. A new start replaces the one before. */
  start(traffic: Traffic): () => void;
  stop(): void;
  /** Puts so many texts of the last hours into the queue of each account. */
  backlog(count: number): void;
  /** Sends so many numbered texts as fast as they are taken; resolves when each has settled. */
  flood(account: string, count: number): Promise<FloodOutcome>;
  readonly received: (device: SampleDevice, message: string) => void;
}

interface Dependencies {
  readonly devices: readonly SampleDevice[];
  readonly delivery: Delivery;
  readonly originated: MobileOriginated;
  readonly random: Random;
  readonly switches: ReadSwitches;
  readonly timers: Timers;
  readonly now: () => number;
}

const tickMs = 20;
const backlogMs = 8 * 3_600_000;

type Submit = (device: SampleDevice, text: string) => void;

/** Calls `text` so often that the rate holds on average, however late the timer is. Returns its stop. */
function atRate(rate: number, text: () => void): () => void {
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(
    () => {
      const due = Math.floor(((performance.now() - startedAt) / 1000) * rate);
      for (; sent < due; sent += 1) text();
    },
    Math.max(tickMs, Math.min(1000 / rate, 1000)),
  );
  return () => clearInterval(timer);
}

function createReplies({ random, switches, timers, now }: Dependencies, submit: Submit) {
  return (device: SampleDevice, message: string): void => {
    if (switches().deviceReplies === 'no') return;
    for (const [index, text] of answersTo(device, message, random, now()).entries())
      timers.after(switches().replyDelayMs * (index + 1), () => submit(device, text));
  };
}

/** Reports of the last hours, evenly spread, for one account. */
function queueBacklog(own: readonly SampleDevice[], count: number, { originated, random, now }: Dependencies): void {
  for (let index = 0; index < count; index += 1) {
    const timestamp = now() - Math.floor(((count - index) / count) * backlogMs);
    const device = pick(random, own);
    const text = report(device, random, timestamp);
    originated.queue(device.account, { deviceIds: device.deviceIds, text, timestamp });
  }
}

async function sendFlood(
  own: readonly SampleDevice[],
  count: number,
  { delivery, originated, random }: Dependencies,
): Promise<FloodOutcome> {
  const outcome: Record<TextState, number> = { pushing: 0, queued: 0, delivered: 0, acknowledged: 0, cleared: 0 };
  let left = count;
  let finish = (): void => undefined;
  const settle = (state: TextState) => {
    outcome[state] += 1;
    left -= 1;
    if (left === 0) finish();
  };
  for (let index = 1; index <= count; index += 1) {
    const { account, deviceIds } = pick(random, own);
    void originated.submit(account, { deviceIds, text: `flood ${index} of ${count}` }).settled.then(settle);
    await delivery.roomForMore();
  }
  if (left > 0)
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  return outcome;
}

export function createScenario(dependencies: Dependencies): Scenario {
  const { originated, random, now } = dependencies;
  const working = dependencies.devices.filter(({ state }) => state === 'active');
  const devicesOf = (account: string) => working.filter((device) => device.account === account);
  let stopTraffic = (): void => undefined;
  const submit: Submit = (device, text) =>
    void originated.submit(device.account, { deviceIds: device.deviceIds, text });
  return {
    start({ rate, seed }) {
      stopTraffic();
      const own = seed === undefined ? random : createRandom(seed);
      const stop = atRate(rate, () => {
        const device = pick(own, working);
        submit(device, report(device, own, now()));
      });
      stopTraffic = stop;
      return stop;
    },
    stop: () => stopTraffic(),
    backlog(count) {
      for (const account of new Set(working.map((device) => device.account)))
        queueBacklog(devicesOf(account), count, dependencies);
    },
    flood: (account, count) => sendFlood(devicesOf(account), count, dependencies),
    received: createReplies(dependencies, submit),
  };
}
