import { app } from 'electron';
import type { Clock } from '../core/ports.ts';

/** The core promises to stop within 5 s; a little more, so that its own limit comes first. */
const patienceMs = 5_500;

/** Ends the core before the app goes, once, whoever asks to quit. Returns whether that has begun. */
export function stopBeforeQuit(stop: () => Promise<void>, clock: Clock): () => boolean {
  let phase: 'running' | 'stopping' | 'stopped' = 'running';
  const quit = () => {
    phase = 'stopped';
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (phase === 'stopped') return;
    event.preventDefault();
    if (phase === 'stopping') return;
    phase = 'stopping';
    const cancel = clock.after(patienceMs, quit);
    const stopped = () => {
      cancel();
      if (phase === 'stopping') quit();
    };
    stop().then(stopped, stopped);
  });
  return () => phase !== 'running';
}
