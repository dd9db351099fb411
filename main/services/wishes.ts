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

export interface Added {
  readonly mode: Mode;
  /** The mode until now; null: the account is new. */
  readonly before: Mode | null;
}

/** The accounts that are wanted: those of the settings, or those of this run. */
export interface Wishes {
  begin(): void;
  /** Stopped by hand: off until it is resumed, or until the next start. False for an account that is not there. */
  stop(account: string): boolean;
  resume(account: string): boolean;
  /** `mode` null: that of an account that is there already stays. */
  add(account: string, mode: Mode | null): Result<Added, StorageFailure>;
  /** False for an account that is not there. */
  remove(account: string): Result<boolean, StorageFailure>;
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
    add(account, asked) {
      const { accounts } = settings.read();
      const before = accounts.find(({ name }) => name === account)?.mode ?? null;
      const mode = asked ?? before ?? 'auto';
      const written = settings.change({
        accounts:
          before === null
            ? [...accounts, { name: account, mode }]
            : accounts.map((entry) => (entry.name === account ? { name: account, mode } : entry)),
      });
      if (!written.ok) return fail(written.error);
      const standing = state.get().wishes[account];
      // What this run does with an account that is there stays, unless another mode was named.
      if (!standing || before === null || asked !== null)
        wish(account, { ...fromSettings(mode), stopped: standing?.stopped ?? false });
      return ok({ mode, before });
    },
    remove(account) {
      const { accounts } = settings.read();
      if (!state.get().wishes[account] && !accounts.some(({ name }) => name === account)) return ok(false);
      const written = settings.change({ accounts: accounts.filter(({ name }) => name !== account) });
      if (!written.ok) return fail(written.error);
      wish(account, null);
      return ok(true);
    },
    settingsChanged(change) {
      const { pollIntervalSeconds } = change;
      if (pollIntervalSeconds === undefined) return;
      for (const [account, standing] of Object.entries(state.get().wishes))
        wish(account, { ...standing, pollIntervalMs: pollIntervalSeconds * 1000 });
    },
  };
}
