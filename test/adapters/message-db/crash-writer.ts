/* Writes texts with many writers until it is killed or has stored `most`, and prints each that the store said is stored. */
import { openMessageStore } from '../../../main/adapters/message-db/store.ts';

const [directory = '', from = '0', writers = '16', most = 'Infinity'] = process.argv.slice(2);
const opened = await openMessageStore({ directory, now: Date.now });
if (!opened.ok) throw new Error(opened.error.message);
const { store } = opened.value;
let next = Number(from);

async function write(): Promise<void> {
  while (next < Number(from) + Number(most)) {
    const text = `text ${next++}`;
    const deviceIds = [{ id: '7022895555', kind: 'mdn' }];
    const nothing = { platformTime: null, platformAt: null, requestId: null, callbackCount: null };
    const raw = JSON.stringify({ deviceIds, smsMessage: text });
    const stored = await store.storeCallback({
      account: 'a',
      deviceIds,
      text,
      receivedAt: Date.now(),
      raw,
      ...nothing,
    });
    if (!stored.ok) continue;
    // Answered is only what was told: a full pipe holds a line back, and the kill then takes it.
    await new Promise((told) => process.stdout.write(`${text}\n`, told));
    store.answered(stored.value.message.sequence, true);
  }
}

await Promise.all(Array.from({ length: Number(writers) }, write));
await store.close();
