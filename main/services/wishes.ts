import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { SettingsChange } from '../../preload/contract/settings.ts';
import type { Mode } from '../../preload/contract/snapshot.ts';
import type { StorageFailure } from '../core/failure.ts';
import type { SettingsStore } from '../core/ports.ts';
import type { Wish } from '../core/state.ts';
import type { Store } from '../core/store.ts';

/** What one run of the terminal asks for, in place of the accounts of the settings. */
export interface RunWishes {
  readonly accounts: readonly string[];
  readonly mode: Mode;
  readonly takeOver: boolean;
  readonly pollIntervalMs: number;
}

/** The accounts that are wanted: those of the settings, or those of this run. */
export interface Wishes {
  begin(): void;
  /** Stopped by hand: off until it is resumed, or until the next start. False for an account that is not there. */
  stop(account: string): boolean;
  resume(account: string): boolean;
  add(account: string, mode: Mode): Result<void, StorageFailure>;
  remove(account: string): Result<void, StorageFailure>;
  settingsChanged(change: SettingsChange): void;
}

export function createWishes(state: Store, settings: SettingsStore, run: RunWishes | null): Wishes {
  const wish = (account: string, wish: Wish | null): void => state.dispatch({ type: 'wished', account, wish });
  const fromSettings = (mode: Mode): Wish => ({
    mode,
    takeOver: false,
    stopped: false,
    pollIntervalMs: settings.read().pollIntervalSeconds * 1000,
  });

  function setStopped(account: string, isStopped: boolean): boolean {
    const standing = state.get().wishes[account];
    if (standing) wish(account, { ...standing, takeOver: false, stopped: isStopped });
    return standing !== undefined;
  }

  return {
    begin() {
      if (run) {
        for (const account of run.accounts)
          wish(account, { mode: run.mode, takeOver: run.takeOver, stopped: false, pollIntervalMs: run.pollIntervalMs });
      } else {
        for (const { name, mode } of settings.read().accounts) wish(name, fromSettings(mode));
      }
    },
    stop: (account) => setStopped(account, true),
    resume: (account) => setStopped(account, false),
    add(account, mode) {
      const { accounts } = settings.read();
      const isThere = accounts.some(({ name }) => name === account);
      const written = settings.change({
        accounts: isThere
          ? accounts.map((entry) => (entry.name === account ? { name: account, mode } : entry))
          : [...accounts, { name: account, mode }],
      });
      if (!written.ok) return fail(written.error);
      wish(account, { ...fromSettings(mode), stopped: state.get().wishes[account]?.stopped ?? false });
      return ok(undefined);
    },
    remove(account) {
      const { accounts } = settings.read();
      const written = settings.change({ accounts: accounts.filter(({ name }) => name !== account) });
      if (!written.ok) return fail(written.error);
      wish(account, null);
      return ok(undefined);
    },
    settingsChanged(change) {
      const { pollIntervalSeconds } = change;
      if (pollIntervalSeconds === undefined) return;
      for (const [account, standing] of Object.entries(state.get().wishes))
        wish(account, { ...standing, pollIntervalMs: pollIntervalSeconds * 1000 });
    },
  };
}
