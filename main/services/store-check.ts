import type { Context } from './context.ts';

/** Not at once: the start has other things to read. */
const firstAfterMs = 10_000;
const everyMs = 24 * 60 * 60_000;

/**
 * Has the whole store read soon after the start and once a day, so that damage is found before it is met by a search, or
 * never. What comes of damage is the store's to do and to tell. Returns what ends it.
 */
export function checkStoreDaily({ clock, messages, log }: Pick<Context, 'clock' | 'messages' | 'log'>): () => void {
  let cancel = clock.after(firstAfterMs, tick);

  async function check(): Promise<void> {
    const checked = await messages.checkWhole();
    if (!checked.ok) log.write('warn', 'store-check-failed', { message: checked.error.message });
  }

  function tick(): void {
    void check();
    cancel = clock.after(everyMs, tick);
  }

  return () => cancel();
}
