import type { PublicError } from '../../preload/contract/errors.ts';
import type { Delivery, Message } from '../../preload/contract/message.ts';
import type { Caller } from '../../preload/contract/methods.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import type { AccountState, Gap, Problem, Snapshot } from '../../preload/contract/snapshot.ts';

/** Answers calls of the contract for windows and other processes. Refuses what is not listed there. Never rejects. */
export interface Router {
  handle(caller: Caller, name: string, input: unknown): Promise<Result<unknown, PublicError>>;
}

/** What happened, for faces that tell it as it comes: the terminal's lines, notifications, scripts. */
export type Happening =
  | { readonly type: 'listening'; readonly publicOrigin: string; readonly port: number }
  | { readonly type: 'account'; readonly account: string; readonly state: AccountState; readonly reason: string | null }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'delivery'; readonly delivery: Delivery }
  | { readonly type: 'problem'; readonly problem: Problem }
  /** A time in which texts could not be pushed is over: the queue was seen empty. */
  | { readonly type: 'gap'; readonly gap: Gap }
  /** A sentence for a person. */
  | { readonly type: 'note'; readonly account: string | null; readonly text: string };

/** The app as a face sees it. */
export interface Core {
  readonly router: Router;
  snapshot(): Snapshot;
  /** What the user has chosen, as of now. */
  settings(): Settings;
  /** Returns what ends it. Called at most once a turn. */
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
  onHappening(listener: (happening: Happening) => void): () => void;
  /** The machine woke, or the network changed: prove everything anew. */
  woke(): void;
  start(): void;
  /** Finishes what was accepted, gives the callbacks back, closes the store; within 5 s. */
  stop(): Promise<void>;
}
