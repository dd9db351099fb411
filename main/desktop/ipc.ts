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
export function connectWindows(core: Core, windows: Windows, onSettings: () => void): void {
  ipcMain.handle('call', async (event, name: unknown, input: unknown) => {
    if (!windows.owns(event) || typeof name !== 'string') return fail(refused);
    const answer = await core.router.handle('window', name, input);
    // No snapshot tells of these.
    if (name === 'settings.change') onSettings();
    return answer;
  });
  core.onSnapshot((snapshot) => {
    windows.send(snapshot);
  });
}
