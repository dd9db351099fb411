import type { SettingsStore } from '../core/ports.ts';
import type { Context } from './context.ts';

const everyMs = 60 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** Texts that are looked for at once. */
const textsAtOnce = 2000;

/** A rule that keeps texts for `days` is about texts received before this moment. */
export function receivedBefore(days: number, now: number): number {
  return now - days * dayMs;
}

function noteOf(count: number): string {
  if (count === 1) return '1 text older than you wanted to keep was deleted.';
  return `${count.toLocaleString('en-US')} texts older than you wanted to keep were deleted.`;
}

export interface Retention {
  /** Looks now, and from now on once an hour. Returns what ends it. */
  begin(): () => void;
  /** Looks now, if it has begun: the rule may have changed. */
  look(): void;
}

/** Deletes texts that are older than the person wants to keep them; does nothing without such a rule. */
export function createRetention({
  clock,
  messages,
  state,
  log,
  settings,
}: Pick<Context, 'clock' | 'messages' | 'state' | 'log'> & { readonly settings: SettingsStore }): Retention {
  let running = false;
  let looking = false;
  let askedMeanwhile = false;

  const rule = (): number | null => (running ? settings.read().keepDays : null);

  /** As long as the rule stands: it may be changed or taken back meanwhile. */
  async function deleteOld(): Promise<number> {
    let count = 0;
    for (let days = rule(); days !== null; days = rule()) {
      const deleted = await messages.deleteBefore(receivedBefore(days, clock.now()), textsAtOnce);
      if (!deleted.ok && running) log.write('warn', 'retention-failed', { message: deleted.error.message });
      if (!deleted.ok || deleted.value === 0) break;
      count += deleted.value;
    }
    return count;
  }

  async function lookOnce(): Promise<void> {
    askedMeanwhile = looking;
    if (looking) return;
    looking = true;
    const count = await deleteOld();
    looking = false;
    if (askedMeanwhile) void lookOnce();
    if (count === 0) return;
    state.dispatch({ type: 'noted', text: noteOf(count) });
    const counts = await messages.counts();
    if (counts.ok) state.dispatch({ type: 'counts-read', counts: counts.value });
  }

  return {
    begin() {
      running = true;
      let cancel = (): void => {};
      const tick = (): void => {
        void lookOnce();
        cancel = clock.after(everyMs, tick);
      };
      tick();
      return () => {
        running = false;
        cancel();
      };
    },
    look() {
      if (running) void lookOnce();
    },
  };
}
