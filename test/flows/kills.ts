import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Simulator, startSimulator } from '../../main/simulator/server.ts';
import { credentialsOf, type RunningCommand, spawnCommand, stands } from './command.ts';

const accounts = ['0000123456-00001', 'FIELD_DEMO-A'] as const;
const device = [{ id: '7022895555', kind: 'mdn' }];

export interface KillPlan {
  readonly kills: number;
  /** Texts in all, half of them pushed and half of them queued, over both accounts. */
  readonly texts: number;
  /** 0 to 1, for the moment of each kill. */
  readonly chance: () => number;
}

export interface KillOutcome {
  readonly texts: number;
  /** Acknowledged to ThingSpace (2xx, or `next`) and yet not in the store. */
  readonly missing: readonly string[];
  /** In the store more than once. */
  readonly doubled: readonly string[];
  readonly stored: number;
}

interface Place {
  readonly simulator: Simulator;
  readonly dataDirectory: string;
}

function listen({ simulator, dataDirectory }: Place): RunningCommand {
  const named = accounts.flatMap((account) => ['--account', account]);
  return spawnCommand(['listen', ...named, '--json'], {
    dataDirectory,
    apiBase: simulator.origin,
    environment: credentialsOf(simulator),
  });
}

/** Sends the texts of one life: every second one is queued, as if it had come while nobody listened. */
function sendTexts(simulator: Simulator, from: number, count: number): void {
  for (let number = from; number < from + count; number += 1) {
    const account = accounts[number % 2] ?? accounts[0];
    const text = { deviceIds: device, text: `text ${number}` };
    if (number % 4 < 2) simulator.queueText(account, text);
    else void simulator.deviceTexts(account, text).settled;
  }
}

async function oneLife(place: Place, from: number, count: number, chance: () => number): Promise<void> {
  const command = listen(place);
  // Half of the lives end while it starts and catches up, half while it is live.
  sendTexts(place.simulator, from, Math.floor(count / 2));
  const isUp = chance() < 0.5 ? 'catching-up' : 'live';
  await command.until(() => stands(command, accounts[0], isUp) || stands(command, accounts[0], 'live'), isUp);
  sendTexts(place.simulator, from + Math.floor(count / 2), Math.ceil(count / 2));
  await pause(chance() * 400);
  command.signal('SIGKILL');
  await command.exited;
}

async function lastLife(place: Place): Promise<void> {
  const command = listen(place);
  await command.until(() => accounts.every((account) => stands(command, account, 'live')), 'live at the end');
  await place.simulator.idle();
  command.signal('SIGTERM');
  if ((await command.exited) !== 0) throw new Error(`the last run did not end well: ${command.err()}`);
}

async function storedTexts({ dataDirectory }: Place): Promise<readonly string[]> {
  const command = spawnCommand(['messages', '--limit', '0', '--json'], { dataDirectory });
  await command.exited;
  return command.linesOf('message').map((line) => `${String(line['account'])} ${String(line['text'])}`);
}

/** Kills the app (-9) again and again while texts come by both ways, then compares its store with ThingSpace's ledger. */
export async function runKills({ kills, texts, chance }: KillPlan): Promise<KillOutcome> {
  const simulator = await startSimulator({
    accounts: [...accounts],
    switches: { retries: 'measured', measuredRetryMs: 200, pushConcurrency: 16 },
  });
  const dataDirectory = mkdtempSync(join(tmpdir(), 'thingspace-sms-kills-'));
  const place = { simulator, dataDirectory };
  try {
    const perLife = Math.ceil(texts / kills);
    for (let life = 0; life < kills; life += 1) await oneLife(place, life * perLife, perLife, chance);
    await lastLife(place);
    const stored = await storedTexts(place);
    const counted = Map.groupBy(stored, (text) => text);
    const entries = accounts.flatMap((account) => simulator.ledger(account));
    const acknowledged = entries.filter(({ state, accepted }) =>
      state !== 'queued' && state !== 'pushing' ? true : accepted > 0,
    );
    return {
      texts: entries.length,
      missing: acknowledged.map(({ account, text }) => `${account} ${text}`).filter((text) => !counted.has(text)),
      doubled: [...counted].filter(([, times]) => times.length > 1).map(([text]) => text),
      stored: stored.length,
    };
  } finally {
    await simulator.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

/** A repeatable 0 to 1. */
export function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
