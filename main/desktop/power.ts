import { app, powerMonitor } from 'electron';

/** After sleep no connection can be trusted; after a locked screen it costs little to look again. */
export function watchPower(woke: () => void): void {
  powerMonitor.on('resume', woke);
  powerMonitor.on('unlock-screen', woke);
  // Linux and macOS wait a little for those who ask: long enough to give the callbacks back.
  powerMonitor.on('shutdown', (...events: readonly { preventDefault(): void }[]) => {
    events[0]?.preventDefault();
    app.quit();
  });
}
