import { z } from 'zod';
import { benchScript } from './bench.ts';
import { forwardRule } from './forward.ts';
import { notificationChoices } from './notification-choices.ts';
import { mode } from './snapshot.ts';
import { exampleTemplates, template } from './template.ts';
import { tunnelChoice } from './tunnel.ts';

/** 1 to 64 characters, no slash and no control character: account names are strings, never numbers (API notes, section 7). */
export const accountName = z
  .string()
  .min(1)
  .max(64)
  .regex(
    /^[^/\\\s\p{Cc}]+$/u,
    'An account name has 1 to 64 characters and no slash or space, such as 0000123456-00001.',
  );

/** Days that texts are kept for. */
export const keptDays = z.number().int().min(1).max(36_500);

const choices = {
  /** Where the outside reaches the listener; null until the user gives one. */
  publicUrl: z.string().max(2048).nullable(),
  /** Local port of the listener; null: a free one. */
  listenerPort: z.number().int().min(1).max(65_535).nullable(),
  /** Hosts that the listener also answers to, for proxies that rewrite Host. */
  extraHosts: z.array(z.string().max(256)).max(32).readonly(),
  /** How the internet reaches the listener. */
  tunnel: tunnelChoice,
  /** Texts that these find are sent on. */
  forwards: z.array(forwardRule).max(32).readonly(),
  /** Whether texts may be sent to endpoints outside this computer's network. */
  forwardAnywhere: z.boolean(),
  /** Seconds between two looks at the queue. */
  pollIntervalSeconds: z.number().min(15).max(86_400),
  /** Minutes between two looks at the queue while callbacks arrive. */
  sweepMinutes: z.number().int().min(1).max(1440),
  /** Texts are deleted so many days after they came; null: never. */
  keepDays: keptDays.nullable(),
  notifications: z.enum(['all', 'sender', 'nothing', 'off']),
  ...notificationChoices,
  /** Commands that are kept to be sent again. */
  templates: z.array(template).max(100).readonly(),
  /** Scripts of the bench that are kept to be run again. */
  benches: z.array(benchScript).max(50).readonly(),
  /** Which releases the desktop app looks for; `off`: it never asks. */
  updates: z.enum(['off', 'stable', 'beta']),
  /** `system`: the computer's own where there are words for it, else English. */
  language: z.enum(['system', 'en', 'es']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['dense', 'comfortable']),
  /** Whether the person has been told once that closing the window leaves the app in the tray. */
  closeExplained: z.boolean(),
};

/** What may be changed in one call: any of the choices, each as a whole. */
export const settingsChange = z.object(choices).partial().strict();
/** A choice left out or undefined stays as it is. */
export type SettingsChange = Readonly<z.infer<typeof settingsChange>>;

export const settings = z.object({
  version: z.literal(1),
  accounts: z
    .array(z.object({ name: accountName, mode }))
    .max(200)
    .readonly(),
  ...choices,
  // Settings that were written before there were these have none.
  tunnel: tunnelChoice.default({ kind: 'none' }),
  forwards: choices.forwards.default([]),
  forwardAnywhere: choices.forwardAnywhere.default(false),
  sweepMinutes: choices.sweepMinutes.default(15),
  keepDays: choices.keepDays.default(null),
  templates: choices.templates.default(exampleTemplates),
  benches: choices.benches.default([]),
  mutes: choices.mutes.default([]),
  quietHours: choices.quietHours.default(null),
  notificationRules: choices.notificationRules.default([]),
  updates: choices.updates.default('stable'),
  language: choices.language.default('system'),
});
/** What the user chose. No secret is ever among it. */
export type Settings = Readonly<z.infer<typeof settings>>;

export const defaultSettings: Settings = {
  version: 1,
  accounts: [],
  publicUrl: null,
  listenerPort: null,
  extraHosts: [],
  tunnel: { kind: 'none' },
  forwards: [],
  forwardAnywhere: false,
  pollIntervalSeconds: 60,
  sweepMinutes: 15,
  keepDays: null,
  notifications: 'all',
  templates: exampleTemplates,
  benches: [],
  mutes: [],
  quietHours: null,
  notificationRules: [],
  updates: 'stable',
  language: 'system',
  theme: 'system',
  density: 'dense',
  closeExplained: false,
};
