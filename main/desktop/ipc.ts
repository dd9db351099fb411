import { ipcMain } from 'electron';
import type { PublicError } from '../../preload/contract/errors.ts';
import { fail } from '../../preload/contract/result.ts';
import type { Core } from '../services/core.ts';
import type { Windows } from './windows.ts';

const refused: PublicError = {
  code: 'not-allowed',
  message: 'Only the window of ThingSpace SMS Tray may ask this.',
  service: null,
};

/** The two channels of the preload's bridge: calls in, snapshots out. Whoever is not our own page gets nothing. */
export function connectWindows(core: Core, windows: Windows): void {
  ipcMain.handle('call', (event, name: unknown, input: unknown) =>
    windows.owns(event) && typeof name === 'string' ? core.router.handle('window', name, input) : fail(refused),
  );
  core.onSnapshot((snapshot) => {
    windows.send(snapshot);
  });
}
