import type { Clock, Document } from '../core/ports.ts';
import { standing } from '../core/standing.ts';
import type { State } from '../core/state.ts';
import type { Store } from '../core/store.ts';

/** A gap's beginning is known this exactly after a crash (milliseconds). */
const everyMs = 60_000;

/** Remembers until when this computer was listening, so that the next run can say how long it was not. Returns what ends it. */
export function rememberListening(state: Store, clock: Clock, document: Document<number | null>): () => void {
  const until = document.read();
  if (until !== null && until <= clock.now()) state.dispatch({ type: 'was-listening', until });
  let cancel = clock.after(everyMs, tick);

  function write(known: State): void {
    const names = Object.keys(known.wishes);
    const listens = (name: string): boolean => ['live', 'polling'].includes(standing(known, name).state);
    if (names.length > 0 && names.every(listens)) document.write(clock.now());
  }

  function tick(): void {
    write(state.get());
    cancel = clock.after(everyMs, tick);
  }

  const end = state.subscribe((event, before) => {
    if (event.type === 'stop-asked' || event.type === 'paused') write(before);
  });
  return () => {
    cancel();
    end();
  };
}
