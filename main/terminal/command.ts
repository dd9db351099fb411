import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { ForwardRule } from '../../preload/contract/forward.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { TunnelChoice } from '../../preload/contract/tunnel.ts';
import type { TextPatterns } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';
import type { Core } from '../services/core.ts';
import type { RunWishes } from '../services/wishes.ts';
import type { ExitCode, Terminal } from './io.ts';

/** The core as a command sees it: this process's own, or that of the process which owns the data directory. */
export interface Session {
  readonly bridge: Bridge;
  /** The process that owns the data directory; null where none does. */
  readonly ownerPid: number | null;
  close(): Promise<void>;
}

/** What a run of the whole app is asked for. */
export interface RunRequest {
  /** null: the accounts of the settings. */
  readonly wishes: RunWishes | null;
  readonly port: number | null;
  readonly publicUrl: string | null;
  /** null: that of the settings. */
  readonly tunnel: TunnelChoice | null;
  /** What is sent on besides what the settings say; left out: nothing. */
  readonly forward?: {
    readonly rules: readonly ForwardRule[];
    readonly anywhere: boolean;
    /** Shows a signing secret that was made now, once. */
    readonly showSecret: (secret: Secret) => void;
  };
}

export interface OwnedCore {
  readonly core: Core;
  /** The same, as commands call it. */
  readonly bridge: Bridge;
  /** Opens the windows for a browser on this machine; resolves to their address. `offersDemo`: they may show the simulator. */
  openWindows(choices?: { readonly offersDemo: boolean }): Promise<Result<string, string>>;
  /** Stops the core, gives the callbacks back and leaves the data directory to others. */
  close(): Promise<void>;
}

/** The options as given: text, several texts, or a switch. */
export interface GivenOptions {
  text(name: string): string | null;
  texts(name: string): readonly string[];
  has(name: string): boolean;
  readonly positionals: readonly string[];
}

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly options: GivenOptions;
  readonly apiIsLoopback: boolean;
  readonly pid: number;
  /** This very program: how it is started, and which it is. */
  readonly program: { readonly node: string; readonly script: string; readonly version: string };
  /** Where this run has its data and its service, by option or by the environment; null: the usual place. */
  readonly places: { readonly dataDirectory: string | null; readonly apiBase: string | null };
  now(): number;
  /** Resolves after `ms`, or when stopping was asked for. */
  pause(ms: number): Promise<void>;
  /** Opens a page in the user's browser, if there is one. */
  openBrowser(url: string): void;
  /** The newest lines of the log of the data directory, oldest first. */
  readLog(): Promise<readonly string[]>;
  /** Regular expressions; what they need is loaded only now. */
  textPatterns(): Promise<TextPatterns>;
  /** Another one after each change of the store, whoever made it. */
  storeMark(): Promise<string>;
  attach(): Promise<Result<Session, PublicError>>;
  own(request: RunRequest): Promise<Result<OwnedCore, PublicError>>;
}

export type Command = (context: CommandContext) => Promise<ExitCode>;
