import type { Clock } from '../core/ports.ts';
import type { ReleaseFeed } from '../core/updates.ts';
import type { SpokenCore } from '../services/spoken-core.ts';

/** A small text of this face's own, kept between runs. */
export interface SmallFile {
  /** null when there is none, or it cannot be read. */
  read(): Promise<string | null>;
  /** null removes it. A failure loses only comfort, so nothing is told. */
  write(text: string | null): Promise<void>;
}

/** What the desktop face needs; main/index.ts gives the real ones. */
export interface DesktopPorts {
  readonly core: SpokenCore;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly paths: {
    readonly preload: string;
    /** Folder of the drawn lights. */
    readonly trayIcons: string;
    readonly windowIcon: string;
    /** Laid over the taskbar's icon on Windows while there are unread texts. */
    readonly unreadOverlay: string;
    /** What starts the app again at login. */
    readonly executable: string;
  };
  /** A built file of the windows by its path, such as `assets/index.js`; null when there is none. */
  readonly readAsset: (path: string) => Promise<Uint8Array | null>;
  readonly windowPlace: SmallFile;
  /** The XDG autostart entry; used on Linux alone. */
  readonly autostartEntry: SmallFile;
  /** Lines of the log, oldest first; empty when there is none. */
  readonly readLog: () => Promise<readonly string[]>;
  /** Writes a file that the person chose; false when that failed. */
  readonly writeFile: (path: string, text: string) => Promise<boolean>;
  /** null: this build looks for no releases. */
  readonly releases: ReleaseFeed | null;
  /** Whether the desktop shows tray icons at all. */
  readonly hasTray: () => Promise<boolean>;
}
