import { powerMonitor } from 'electron';

/** After sleep no connection can be trusted; after a locked screen it costs little to look again. */
export function watchPower(woke: () => void): void {
  powerMonitor.on('resume', woke);
  powerMonitor.on('unlock-screen', woke);
}
