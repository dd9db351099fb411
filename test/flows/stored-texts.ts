import { openMessageStore } from '../../main/adapters/message-db/store.ts';
import type { IncomingCallback } from '../../main/core/ports.ts';

/** Stores texts in a data directory that nobody owns, in this order, a second apart. */
export async function storeTexts(
  directory: string,
  texts: readonly (Partial<IncomingCallback> & { readonly text: string })[],
): Promise<void> {
  const opened = await openMessageStore({ directory, now: () => Date.now() });
  if (!opened.ok) throw new Error(opened.error.message);
  const { store } = opened.value;
  for (const [index, given] of texts.entries()) {
    const stored = await store.storeCallback({
      account: '0000123456-00001',
      deviceIds: [{ id: '0012345', kind: 'mdn' }],
      receivedAt: Date.UTC(2026, 10, 1) + index * 1000,
      platformTime: null,
      platformAt: null,
      requestId: null,
      callbackCount: null,
      raw: '{}',
      ...given,
    });
    if (!stored.ok) throw new Error(stored.error.message);
    store.answered(stored.value.message.sequence, true);
  }
  await store.close();
}
