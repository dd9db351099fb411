import { z } from 'zod';
import { benchRun, benchScript } from './bench.ts';
import { device, deviceChange, deviceCursor, deviceKey, deviceRow, threadCursor, threadEntry } from './device.ts';
import { check } from './examination.ts';
import { exportFormat, exportProgress } from './export.ts';
import { forwardFormat, forwardResult, forwardUrl } from './forward.ts';
import { deviceId, message, messageDetail, unverified } from './message.ts';
import { expectation, send } from './sends.ts';
import { accountName, keptDays, settings, settingsChange } from './settings.ts';
import { smsEncoding, timeToLiveSeconds } from './sms-text.ts';
import { mode, snapshot, timelineEntry } from './snapshot.ts';
import { secretKinds, tunnelOffer } from './tunnel.ts';

const nothing = z.object({}).strict();
const account = z.object({ account: accountName }).strict();
const exportId = z.object({ id: z.string().max(64) }).strict();
const secretText = z.string().min(1).max(1024);

/** Who calls: a window of the app, or another process of the same user through the owner's socket. */
export type Caller = 'window' | 'terminal';
const everyone: readonly Caller[] = ['window', 'terminal'];

function method<I extends z.ZodType, O extends z.ZodType>(input: I, output: O, callers: readonly Caller[] = everyone) {
  return { input, output, callers };
}

const registration = z.object({
  serviceName: z.string(),
  url: z.string(),
  username: z.string(),
  hasPassword: z.boolean(),
  /** Whether the URL is one that this app registered. */
  ours: z.boolean(),
});

/**
 * Everything that a face can ask of the core. This one object types the bridge, the handlers and the fakes; the
 * router refuses what it does not list, who it does not list and input that does not parse.
 */
export const methods = {
  'snapshot.get': method(nothing, snapshot),
  'inbox.page': method(
    z
      .object({
        query: z.string().max(1024).default(''),
        /** Rows older than this sequence; null: from the newest. */
        before: z.number().int().nullable().default(null),
        /** The rows right above this sequence, in the same newest-first order; not together with `before`. */
        after: z.number().int().nullable().default(null),
        /** The rows from the one that stands so many rows below the newest, in place of both: for a scroll rail over any length. */
        offset: z.number().int().min(0).optional(),
        limit: z.number().int().min(1).max(1000).default(100),
      })
      .strict(),
    z.object({ messages: z.array(message).readonly(), total: z.number().int() }),
  ),
  /** The newest rows of a search, at once: `total` is null where counting them takes longer, and `inbox.page` then tells it. */
  'inbox.first': method(
    z.object({ query: z.string().max(1024), limit: z.number().int().min(1).max(1000) }).strict(),
    z.object({ messages: z.array(message).readonly(), total: z.number().int().nullable() }),
  ),
  'inbox.message': method(
    z.object({ id: z.string().max(64) }).strict(),
    messageDetail.extend({ forwards: z.array(forwardResult).readonly() }),
  ),
  'inbox.star': method(
    z.object({ ids: z.array(z.string().max(64)).max(1000), starred: z.boolean() }).strict(),
    z.object({ changed: z.number().int() }),
  ),
  'inbox.markRead': method(
    z.object({ ids: z.array(z.string().max(64)).max(1000).nullable() }).strict(),
    z.object({ changed: z.number().int() }),
  ),
  /** Devices, the one that texted last first; of each its newest text that `query` finds. */
  'devices.page': method(
    z
      .object({
        /** A part of a name, or of any identifier; empty: every device. */
        find: z.string().max(256).default(''),
        /** In the search language: only devices with texts that it finds. */
        query: z.string().max(1024).default(''),
        /** Only devices of which there are texts. */
        texted: z.boolean().default(false),
        before: deviceCursor.nullable().default(null),
        limit: z.number().int().min(1).max(500).default(100),
      })
      .strict(),
    z.object({
      devices: z.array(deviceRow).readonly(),
      total: z.number().int(),
      /** How many stand above the page. */
      above: z.number().int(),
      /** null: there are no more. */
      next: deviceCursor.nullable(),
    }),
  ),
  'devices.get': method(z.object({ device: deviceKey }).strict(), device),
  /** What was sent to a device and what came from it, newest first, in the order in which this computer saw it. */
  'devices.thread': method(
    z
      .object({
        device: deviceKey,
        before: threadCursor.nullable().default(null),
        limit: z.number().int().min(1).max(500).default(100),
      })
      .strict(),
    z.object({ device, entries: z.array(threadEntry).readonly(), next: threadCursor.nullable() }),
  ),
  'devices.change': method(deviceChange, device),
  'devices.markRead': method(z.object({ device: deviceKey }).strict(), z.object({ changed: z.number().int() })),
  /** Asks ThingSpace's device list for the devices of an account, with all their identifiers and names. */
  'devices.refresh': method(account, z.object({ listed: z.number().int(), known: z.number().int() })),
  'unverified.page': method(
    z.object({ limit: z.number().int().min(1).max(500).default(100) }).strict(),
    z.object({ items: z.array(unverified).readonly() }),
  ),
  /** What happened, newest first: gaps, changes of state, problems. */
  'timeline.page': method(
    z.object({ limit: z.number().int().min(1).max(500).default(100) }).strict(),
    z.object({ entries: z.array(timelineEntry).readonly() }),
  ),
  'account.startCallbacks': method(account, z.object({ success: z.boolean() })),
  'account.drain': method(account, z.object({ fetched: z.number().int(), stored: z.number().int() })),
  'account.callbacks': method(account, z.object({ registrations: z.array(registration).readonly() })),
  'account.restore': method(account, z.object({ restored: z.boolean(), sentence: z.string() })),
  'account.takeOver': method(account, nothing),
  'account.stop': method(account, nothing),
  'account.resume': method(account, nothing),
  /** Whether the API user sees the account, and who holds its callback now. Changes nothing there. */
  'account.check': method(
    account,
    z.object({
      organization: z.string().nullable(),
      holder: z.enum(['nobody', 'ours', 'other']),
      /** Host of the URL that holds the callback; null where nobody does. */
      host: z.string().nullable(),
    }),
  ),
  /** One that is there already keeps its place and gets the new way. */
  'account.add': method(
    account.extend({
      /** null: that of an account that is there already stays, a new one gets `auto`. */
      mode: mode.nullable().default(null),
    }),
    z.object({
      mode,
      /** The mode until now; null: the account is new. */
      before: mode.nullable(),
    }),
  ),
  'account.remove': method(account, nothing),
  'app.pause': method(nothing, nothing),
  'app.resume': method(nothing, nothing),
  'app.retry': method(nothing, nothing),
  /** Looks at each hop from ThingSpace to here, in order, and changes nothing. No accounts: those that are wanted. */
  'app.examine': method(
    z.object({ accounts: z.array(accountName).max(200).default([]) }).strict(),
    z.object({ checks: z.array(check).readonly() }),
  ),
  /** Sends a stored text to an endpoint once more, marked as a replay. */
  'forward.replay': method(
    z
      .object({
        id: z.string().max(64),
        /** null: where it went last. */
        to: forwardUrl.nullable().default(null),
        /** In place of its own; null: as it came. */
        text: z.string().max(4096).nullable().default(null),
        format: forwardFormat.default('original'),
        /** A yes to an endpoint outside this computer's network. */
        anywhere: z.boolean().default(false),
      })
      .strict(),
    z.object({ url: z.string(), status: z.number().int() }),
  ),
  /** What forwarded texts are signed with, or from now on another. No page gets it. */
  'forward.secret': method(z.object({ renew: z.boolean().default(false) }).strict(), z.object({ secret: z.string() }), [
    'terminal',
  ]),
  /** Begins an export of what a search finds, oldest first. No id: nobody chose a place for it. `download`: where a browser fetches it. */
  'export.start': method(
    z.object({ query: z.string().max(1024).default(''), format: exportFormat }).strict(),
    z.object({ id: z.string().nullable(), download: z.string().nullable() }),
    ['window'],
  ),
  'export.progress': method(exportId, exportProgress, ['window']),
  'export.cancel': method(exportId, exportProgress, ['window']),
  /** What the face around a window does itself, named in the person's language: both save a report, the desktop quits. */
  'face.actions': method(
    nothing,
    z.object({ actions: z.array(z.object({ id: z.string(), title: z.string() })).readonly() }),
    ['window'],
  ),
  /** Does one of them. `sentence`: what it came to, where that is not seen; `file`: what the window saves. */
  'face.do': method(
    z.object({ id: z.string().max(32) }).strict(),
    z.object({ sentence: z.string().nullable(), file: z.object({ name: z.string(), text: z.string() }).nullable() }),
    ['window'],
  ),
  'message.send': method(
    account.extend({
      to: deviceId,
      text: z.string().min(1).max(1000),
      /** null: the one that suits the text. */
      encoding: smsEncoding.nullable().default(null),
      /** null: ThingSpace's own 5 days. */
      timeToLiveSeconds: timeToLiveSeconds.nullable().default(null),
      /** The answer that is waited for; null: none. */
      expect: expectation.nullable().default(null),
    }),
    z.object({ requestId: z.string(), send }),
  ),
  /** Texts to devices, newest first, also those that were refused. */
  'sends.page': method(
    z
      .object({
        account: accountName.nullable().default(null),
        /** null: to all devices. */
        device: deviceId.nullable().default(null),
        /** Those with a smaller id; null: from the newest. */
        before: z.number().int().nullable().default(null),
        limit: z.number().int().min(1).max(200).default(50),
      })
      .strict(),
    z.object({ sends: z.array(send).readonly() }),
  ),
  'sends.get': method(z.object({ id: z.number().int() }).strict(), send),
  'sends.stopWaiting': method(z.object({ id: z.number().int() }).strict(), send),
  /** Runs a script on a device: each step waits for the answer to the one before. One run at a time. */
  'bench.start': method(account.extend({ to: deviceId, script: benchScript }), benchRun),
  'bench.stop': method(z.object({ id: z.string().max(64) }).strict(), benchRun),
  /** Newest first. */
  'bench.runs': method(
    z.object({ limit: z.number().int().min(1).max(100).default(20) }).strict(),
    z.object({ runs: z.array(benchRun).readonly() }),
  ),
  'credentials.state': method(
    nothing,
    /** `given`: by the environment, for this run, whatever is stored. */
    z.object({ state: z.enum(['present', 'given', 'missing', 'locked', 'unavailable']), sentence: z.string() }),
  ),
  'credentials.save': method(
    z
      .object({
        appKey: secretText,
        appSecret: secretText,
        username: secretText,
        password: secretText,
        /** A yes to one more try with credentials that ThingSpace refused twice. */
        confirmed: z.boolean().default(false),
      })
      .strict(),
    nothing,
  ),
  'credentials.clear': method(nothing, z.object({ sentence: z.string() })),
  'settings.get': method(nothing, settings),
  'settings.change': method(settingsChange, settings),
  /** What a rule that keeps texts for so many days would delete now, and when the first and the last of it came. */
  'retention.preview': method(
    z.object({ days: keptDays }).strict(),
    z.object({ texts: z.number().int(), oldest: z.iso.datetime().nullable(), newest: z.iso.datetime().nullable() }),
  ),
  /** Writes all texts to a new file, which opens as a message store. */
  'store.backup': method(
    z
      .object({
        path: z
          .string()
          .max(4096)
          .regex(/^(?:\/|\\\\|[A-Za-z]:[\\/])/, 'The path must be absolute.'),
      })
      .strict(),
    nothing,
    ['terminal'],
  ),
  /** Opens the chosen way in for a few minutes though no account needs it; the snapshot tells how that goes. */
  'wayIn.try': method(nothing, nothing),
  /** Every kind of tunnel as this machine has it, the recommended first. */
  'tunnel.offers': method(nothing, z.object({ offers: z.array(tunnelOffer).readonly() })),
  /** What is kept for tunnels: which secrets the keychain has, and the servers whose keys are trusted. */
  'tunnel.kept': method(
    nothing,
    z.object({
      secrets: z.array(z.object({ kind: secretKinds, stored: z.boolean() })).readonly(),
      /** Why the keychain does not tell; null where it does. */
      problem: z.string().nullable(),
      hosts: z.array(z.object({ host: z.string(), fingerprint: z.string() })).readonly(),
    }),
  ),
  'tunnel.saveSecret': method(z.object({ kind: secretKinds, secret: secretText }).strict(), nothing),
  'tunnel.clearSecret': method(z.object({ kind: secretKinds }).strict(), nothing),
  /** Forgets the pinned key of an SSH server, given as `host` or `host:port`. */
  'tunnel.forgetHost': method(
    z.object({ host: z.string().min(1).max(300) }).strict(),
    z.object({ forgotten: z.boolean() }),
  ),
  /** Shows the built-in simulator, with data that is thrown away, until it is left. The person's own accounts go on. */
  'demo.enter': method(nothing, nothing, ['window']),
  'demo.leave': method(nothing, nothing, ['window']),
} as const;

export type MethodName = keyof typeof methods;
/** What a caller gives; fields with a default may be left out. */
export type Input<N extends MethodName> = z.input<(typeof methods)[N]['input']>;
/** What a handler gets, parsed. */
export type ParsedInput<N extends MethodName> = z.output<(typeof methods)[N]['input']>;
export type Output<N extends MethodName> = z.output<(typeof methods)[N]['output']>;
