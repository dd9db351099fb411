import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../preload/contract/result.ts';
import type { ReleaseFeed } from './core/updates.ts';

function inWords(error: unknown): string {
  const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return `The update could not be had: ${words}`;
}

async function attempt<T>(work: () => Promise<T>): Promise<Result<T, string>> {
  try {
    return ok(await work());
  } catch (error) {
    return fail(inWords(error));
  }
}

/**
 * Releases by electron-updater, or null where the package was built without a feed (docs/desktop.md). It checks what it
 * fetches against the feed's SHA-512, and on Windows and macOS the signature.
 */
export async function openReleaseFeed(resources: string): Promise<ReleaseFeed | null> {
  if (!existsSync(join(resources, 'app-update.yml'))) return null;
  const { default: updater } = await import('electron-updater');
  const { autoUpdater } = updater;
  autoUpdater.logger = null;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  return {
    find: (channel) =>
      attempt(async () => {
        autoUpdater.channel = channel === 'beta' ? 'beta' : 'latest';
        // Choosing a channel allows it; an older release must never be taken for news.
        autoUpdater.allowDowngrade = false;
        const found = await autoUpdater.checkForUpdates();
        if (!found?.isUpdateAvailable) return null;
        const { version, releaseNotes } = found.updateInfo;
        return { version, notes: typeof releaseNotes === 'string' ? releaseNotes : '' };
      }),
    fetch: () =>
      attempt(async () => {
        await autoUpdater.downloadUpdate();
      }),
    install: () => autoUpdater.quitAndInstall(true, true),
  };
}
