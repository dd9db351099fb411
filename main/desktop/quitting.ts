import { app } from 'electron';
import type { Clock } from '../core/ports.ts';

/** The core promises to stop within 5 s; a little more, so that its own limit comes first. */
const patienceMs = 5_500;

export interface Quitting {
  /** Whether the app is on its way out. */
  begun(): boolean;
  /** Ends everything first, then does what makes the app quit: an installer would not wait for it. */
  endFor(last: () => void): void;
}

/** Ends everything before the app goes, once, whoever asks to quit. */
export function stopBeforeQuit(stop: () => Promise<void>, clock: Clock): Quitting {
  let phase: 'running' | 'stopping' | 'stopped' = 'running';
  const endFor = (last: () => void) => {
    if (phase !== 'running') return;
    phase = 'stopping';
    const end = () => {
      cancel();
      if (phase === 'stopped') return;
      phase = 'stopped';
      last();
    };
    const cancel = clock.after(patienceMs, end);
    stop().then(end, end);
  };
  app.on('before-quit', (event) => {
    if (phase === 'stopped') return;
    event.preventDefault();
    endFor(() => {
      app.quit();
    });
  });
  return { begun: () => phase !== 'running', endFor };
}
