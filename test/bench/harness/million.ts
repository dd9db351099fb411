import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openMessageStore } from '../../../main/adapters/message-db/store.ts';
import type { IncomingCallback, MessageStore } from '../../../main/core/ports.ts';
import type { Result } from '../../../preload/contract/result.ts';
import type { Bench } from './bench.ts';
import { account, callbackBody, sampleText } from './texts.ts';

/** A store as it is after a year: made once for a run. */
export interface LargeStore {
  readonly directory: string;
  readonly rows: number;
  readonly insertSeconds: number;
  readonly indexSeconds: number;
  readonly bytes: number;
  /** When its first text came, milliseconds since 1970; one text a second from then on. */
  readonly startAt: number;
}

export function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export async function openStore(directory: string): Promise<MessageStore> {
  return value(await openMessageStore({ directory, now: Date.now })).store;
}

/** A callback as the inbox hands it to the store, credentials cut out. */
export function sampleCallback(number: number, receivedAt: number): IncomingCallback {
  const {
    username: _username,
    password: _password,
    ...body
  } = JSON.parse(callbackBody(number, { username: '', password: '' }));
  return {
    account,
    ...sampleText(number),
    receivedAt,
    platformTime: null,
    platformAt: null,
    requestId: null,
    callbackCount: 1,
    raw: JSON.stringify(body),
  };
}

/** Texts under way at one time while a store is filled. */
const writers = 512;

export function sizeOf(directory: string): number {
  return readdirSync(directory)
    .filter((name) => name.startsWith('messages'))
    .reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}

async function fill(store: MessageStore, rows: number, startAt: number): Promise<void> {
  let next = 0;
  const writer = async () => {
    while (next < rows) {
      const number = next++;
      const stored = value(await store.storeCallback(sampleCallback(number, startAt + number * 1000)));
      store.answered(stored.message.sequence, true);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

export async function fillLarge(directory: string, rows: number): Promise<LargeStore> {
  const startAt = Date.now() - rows * 1000;
  const store = await openStore(directory);
  const insertSeconds = await seconds(() => fill(store, rows, startAt));
  const indexSeconds = await seconds(() => store.page({ query: 'zzz', before: null, after: null, limit: 1 }));
  // Devices are counted beside the index: brought up to the newest text too, as it is after a night.
  value(await store.devices({ find: '', query: '', texted: false, before: null, limit: 1 }));
  await store.close();
  return { directory, rows, insertSeconds, indexSeconds, bytes: sizeOf(directory), startAt };
}

export function largeStore(bench: Bench): Promise<LargeStore> {
  return bench.once('large store', () => fillLarge(bench.folder('large'), bench.quick ? 100_000 : 1_000_000));
}
