import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type MessageStoreOptions, openMessageStore } from '../../../main/adapters/message-db/store.ts';
import type {
  IncomingBlock,
  IncomingCallback,
  IncomingItem,
  IncomingReport,
  MessageStore,
  NewSend,
} from '../../../main/core/ports.ts';
import type { Delivery, Message } from '../../../preload/contract/message.ts';
import type { Result } from '../../../preload/contract/result.ts';

export const noon = Date.UTC(2026, 10, 1, 12);
export const account = '0342077109-00001';
export const mdn = { id: '7022895555', kind: 'mdn' };

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Done after the test, in reverse order. */
export function afterwards(cleanup: () => Promise<void> | void): void {
  cleanups.push(cleanup);
}

/** A fresh folder that goes after the test. */
export function freshDirectory(parent = tmpdir()): string {
  const directory = mkdtempSync(join(parent, 'message-db-'));
  afterwards(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export async function openStore(directory: string, options: Partial<MessageStoreOptions> = {}) {
  const opened = valueOf(await openMessageStore({ directory, now: () => noon, ...options }));
  afterwards(() => opened.store.close());
  return opened;
}

export async function freshStore(options: Partial<MessageStoreOptions> = {}): Promise<MessageStore> {
  return (await openStore(freshDirectory(), options)).store;
}

export function callback(text: string, change: Partial<IncomingCallback> = {}): IncomingCallback {
  const deviceIds = change.deviceIds ?? [mdn];
  const raw = JSON.stringify({ username: '', deviceIds, smsMessage: text });
  const nothing = { platformTime: null, platformAt: null, requestId: null, callbackCount: null };
  return { account, deviceIds, text, receivedAt: noon, raw, ...nothing, ...change };
}

export function item(text: string, at = noon, change: Partial<IncomingItem> = {}): IncomingItem {
  const platformTime = new Date(at).toISOString();
  const raw = JSON.stringify({ deviceIds: [mdn], message: text, timestamp: platformTime });
  return { deviceIds: [mdn], text, platformTime, platformAt: at, raw, ...change };
}

export function block(items: readonly IncomingItem[], change: Partial<IncomingBlock> = {}): IncomingBlock {
  return { account, receivedAt: noon, items, unreadable: [], acknowledgesPrevious: false, ...change };
}

/** Stores a callback and says that its 2xx was sent. */
export async function receive(store: MessageStore, incoming: IncomingCallback): Promise<Message> {
  const { message } = valueOf(await store.storeCallback(incoming));
  store.answered(message.sequence, true);
  return message;
}

export async function textsOf(store: MessageStore, query = ''): Promise<readonly string[]> {
  const page = valueOf(await store.page({ query, before: null, after: null, limit: 1000 }));
  return page.messages.map((message) => message.text);
}

/** Whose a text is becomes known a moment after it was stored: left out where the text itself is compared. */
export function withoutDevice({ device: _device, ...message }: Message): Message {
  return message;
}

export function withoutDevices(messages: readonly Message[]): readonly Message[] {
  return messages.map(withoutDevice);
}

/** A text to a device, to be kept. */
export function asked(change: Partial<NewSend> = {}): NewSend {
  return {
    account,
    to: mdn,
    text: 'STATUS',
    encoding: '7-bit',
    timeToLiveSeconds: null,
    expected: null,
    askedAt: noon,
    ...change,
  };
}

/** What the network says of a request: that it was sent, unless told. */
export function report(requestId: string, change: Partial<Delivery> = {}): IncomingReport {
  const delivery: Delivery = {
    account,
    requestId,
    deviceIds: [mdn],
    status: 'Success',
    confirmation: 'Sent by network',
    meaning: 'sent',
    fault: null,
    receivedAt: new Date(noon + 1000).toISOString(),
    ...change,
  };
  return { delivery, isDelivery: true };
}
