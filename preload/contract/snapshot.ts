import { z } from 'zod';
import { problemCode, serviceWords } from './errors.ts';

export const accountState = z.enum(['off', 'starting', 'live', 'polling', 'catching-up', 'degraded', 'needs-you']);
/** `live`: callbacks arrive. `polling`: the queue is fetched. `degraded`: works by the second way. */
export type AccountState = z.infer<typeof accountState>;

export const light = z.enum(['off', 'starting', 'live', 'catching-up', 'degraded', 'needs-you', 'paused']);
/** What the tray shows at a glance. Faces draw each as a shape of its own. */
export type Light = z.infer<typeof light>;

export const mode = z.enum(['auto', 'callback', 'poll', 'peek']);
/** How an account's texts are got: both ways, pushed only, fetched only, or looked at without taking. */
export type Mode = z.infer<typeof mode>;

export const problem = z.object({
  code: problemCode,
  message: z.string(),
  account: z.string().nullable(),
  service: serviceWords.nullable(),
});
export type Problem = Readonly<z.infer<typeof problem>>;

const action = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('take-over'), label: z.string(), account: z.string() }),
  z.object({ kind: z.literal('retry'), label: z.string() }),
  z.object({ kind: z.literal('sign-in'), label: z.string() }),
  z.object({ kind: z.literal('add-account'), label: z.string() }),
  z.object({ kind: z.literal('resume'), label: z.string() }),
  z.object({ kind: z.literal('resume-account'), label: z.string(), account: z.string() }),
  /** Leads to the choice of the public address. */
  z.object({ kind: z.literal('settings'), label: z.string() }),
]);
/** The one thing that helps now. */
export type Action = Readonly<z.infer<typeof action>>;

export const gap = z.object({
  account: z.string(),
  /** ISO 8601: from when on texts may have been queued; null: since before this app first ran. */
  from: z.string().nullable(),
  /** ISO 8601: when the queue was seen empty. */
  to: z.string(),
  /** Texts that the queue brought. */
  fetched: z.number().int(),
  /** Texts that still waited then; 0, because the queue was seen empty. */
  pending: z.number().int(),
  /** What the person chose that began it; null: nobody did, texts could not be pushed. */
  chosen: z.enum(['paused', 'stopped', 'looked-at']).nullable().default(null),
});
/** A time in which texts were not pushed here, and what was fetched for it afterwards. */
export type Gap = Readonly<z.infer<typeof gap>>;

export const timelineEntry = z.object({
  /** ISO 8601 */
  at: z.string(),
  account: z.string().nullable(),
  kind: z.enum(['gap', 'state', 'problem', 'note']),
  text: z.string(),
});
/** One line of what happened, kept across restarts. */
export type TimelineEntry = Readonly<z.infer<typeof timelineEntry>>;

export const accountView = z.object({
  name: z.string(),
  mode,
  state: accountState,
  light,
  /** The state in words. */
  sentence: z.string(),
  problem: problem.nullable(),
  /** Host of the URL that holds the callback, ours or another's. */
  holder: z.string().nullable(),
  /** Texts fetched in the catch-up that is under way; null when there is none. */
  caughtUp: z.number().int().nullable(),
  /** ISO 8601 */
  lastTextAt: z.string().nullable(),
  texts: z.number().int(),
  unread: z.number().int(),
  canStartCallbacks: z.boolean(),
  /** The newest gap that was closed, in this run or before; null while there was none. */
  lastGap: gap.nullable(),
});
export type AccountView = Readonly<z.infer<typeof accountView>>;

export const wayIn = z.object({
  /**
   * `closed`: no account needs it now. `none`: nothing is chosen that leads here. `open`: there is a public URL, but no
   * proof yet that it leads here. `failed`: it cannot be opened, or does not lead here.
   */
  state: z.enum(['closed', 'opening', 'none', 'open', 'proved', 'failed']),
  sentence: z.string(),
  /** Local port of the listener; null while it is closed. */
  port: z.number().int().nullable(),
});
/** How the internet reaches this computer now. */
export type WayIn = Readonly<z.infer<typeof wayIn>>;

export const snapshot = z.object({
  /** Grows by one for each snapshot; a window drops older numbers. */
  number: z.number().int(),
  appVersion: z.string(),
  light,
  /** Is it listening, and is anything missing? In the same words in window, tray and terminal. */
  sentence: z.string(),
  action: action.nullable(),
  paused: z.boolean(),
  /** True when the service is the built-in simulator. */
  simulated: z.boolean(),
  /** The simulator in place of the person's own accounts. `absent`: this run cannot show it, or is nothing else. */
  demo: z.enum(['absent', 'offered', 'shown']),
  publicOrigin: z.string().nullable(),
  /** ISO 8601: when a signed nonce last came back through the public URL. */
  provedAt: z.string().nullable(),
  wayIn,
  accounts: z.array(accountView).readonly(),
  problems: z.array(problem).readonly(),
  inbox: z.object({
    total: z.number().int(),
    unread: z.number().int(),
    /** Highest `sequence` stored; 0 when empty. */
    newest: z.number().int(),
    /** Grows whenever any stored row changes: a window that shows rows fetches again. */
    revision: z.number().int(),
    unverified: z.number().int(),
  }),
  /** Grows whenever a text to a device, or a run of the bench, changes: a window that shows them fetches again. */
  sends: z.number().int(),
});
/** All that a face shows, but for the lists, which are fetched page by page. */
export type Snapshot = Readonly<z.infer<typeof snapshot>>;
