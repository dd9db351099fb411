import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { type CommandSurroundings, credentialsOf, type RunningCommand, spawnCommand, startCommand } from './command.ts';
import { signingSecret, startEndpoint } from './endpoint.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { storeTexts } from './stored-texts.ts';

/** What a command is given to work with. The folder holds one text, an export of it and a script for the bench. */
export interface Stage {
  readonly folder: string;
  readonly simulator: Simulator;
  /** Takes every text that is forwarded to it. */
  readonly endpoint: string;
}

/** How a command is made to do its work. */
export interface Trial {
  /** What follows the name. */
  readonly args: (stage: Stage) => readonly string[];
  /** What is typed. */
  readonly input?: string;
  /** It goes on until it is told to stop, and has said this by then. */
  readonly says?: string;
  /** Its exit code where all is well but for the keychain, which there is none of; 0 if left out. */
  readonly usual?: number;
  /** It asks ThingSpace: its exit code where there are no credentials, and where there is no network. */
  readonly asks?: { readonly withoutCredentials: number; readonly withoutNetwork: number | 'waits' };
  /** It opens the store, or writes a file into the folder. */
  readonly needsDisk?: true;
  /** Here it has nothing to write to standard output. */
  readonly silent?: true;
}

export const account = '0000123456-00001';
const ofAccount = ['--account', account];
const once = { withoutCredentials: 3, withoutNetwork: 1 };

function toDevice({ simulator }: Stage): readonly string[] {
  const device = simulator.devices()[0]?.deviceIds[0];
  return [...ofAccount, '--to', `${device?.kind}:${device?.id}`];
}

/** Every command, by its name in the table: one without a trial fails the tests. */
export const trials: Readonly<Record<string, readonly Trial[]>> = {
  accounts: [
    { args: () => ['--json'], needsDisk: true, silent: true },
    { args: () => ['add', '0000123456-00002'], needsDisk: true },
  ],
  backup: [{ args: ({ folder }) => [join(folder, 'backup.db')], needsDisk: true }],
  bench: [
    {
      args: (stage) => [join(stage.folder, 'script.json'), ...toDevice(stage)],
      asks: { ...once, withoutNetwork: 'waits' },
      needsDisk: true,
    },
  ],
  callbacks: [{ args: () => ofAccount, asks: once, needsDisk: true }],
  completion: [{ args: () => ['bash'] }],
  demo: [{ args: () => ['--no-open', '--json'], says: '"type":"account"' }],
  devices: [
    { args: () => ['--json'], needsDisk: true },
    { args: () => ['name', 'mdn:0012345', 'Pump 3'], needsDisk: true },
    { args: () => ['refresh', ...ofAccount], asks: once, needsDisk: true },
  ],
  doctor: [
    { args: ({ folder }) => [...ofAccount, '--report', join(folder, 'report.txt')], asks: once, needsDisk: true },
  ],
  drain: [{ args: () => ofAccount, asks: once, needsDisk: true }],
  export: [
    { args: () => ['--format', 'csv'], needsDisk: true },
    { args: ({ folder }) => ['--output', join(folder, 'texts.ndjson')], needsDisk: true, silent: true },
  ],
  forwards: [
    { args: () => ['add', 'http://127.0.0.1:9/sms'], needsDisk: true },
    { args: () => ['secret'], needsDisk: true },
  ],
  listen: [
    {
      args: () => [...ofAccount, '--json'],
      says: '"type":"account"',
      asks: { withoutCredentials: 3, withoutNetwork: 'waits' },
      needsDisk: true,
    },
  ],
  login: [{ args: () => [], input: 'key\nsecret\nuser\npassword\n', usual: 3, needsDisk: true, silent: true }],
  logout: [{ args: () => [], usual: 3, needsDisk: true, silent: true }],
  messages: [{ args: () => ['--limit', '0', '--json'], needsDisk: true }],
  replay: [{ args: ({ endpoint }) => ['--query', 'text', '--to', endpoint], needsDisk: true }],
  retention: [
    { args: () => ['--json'], needsDisk: true },
    { args: () => ['--days', 'off'], needsDisk: true },
  ],
  send: [{ args: (stage) => [...toDevice(stage), '--text', 'STATUS'], asks: once, needsDisk: true }],
  serve: [{ args: () => ['--no-open', '--json'], says: '"type":"window"', needsDisk: true }],
  service: [{ args: () => ['systemd'] }],
  simulate: [{ args: () => ['--json'], says: '"type":"simulating"' }],
  start: [{ args: () => ofAccount, asks: once, needsDisk: true }],
  status: [{ args: () => ['--json'], needsDisk: true }],
  timeline: [{ args: () => ['--json'], needsDisk: true, silent: true }],
  tunnels: [{ args: () => ['--json'], needsDisk: true }],
  unverified: [{ args: () => ['--json'], needsDisk: true, silent: true }],
  verify: [{ args: ({ folder }) => [join(folder, 'export.ndjson'), '--json'] }],
  wait: [{ args: () => ['--since', '400d', '--timeout', '5', '--json'], needsDisk: true }],
};

/** The trials that `which` takes, each under a name for a test. */
export function trialsThat(which: (trial: Trial) => boolean): readonly (readonly [string, string, Trial])[] {
  return Object.entries(trials).flatMap(([name, list]) =>
    list.filter(which).map((trial, index) => [`${name}${index === 0 ? '' : ` (${index + 1})`}`, name, trial] as const),
  );
}

/** Makes the folder once that each stage begins with a copy of. Returns what sets a stage. */
export function prepareStages(): (folder?: string) => Promise<Stage> {
  const template = mkdtempSync(join(tmpdir(), 'thingspace-sms-template-'));
  beforeAll(async () => {
    await storeTexts(template, [{ text: 'a text', receivedAt: Date.now() }]);
    writeFileSync(join(template, 'script.json'), JSON.stringify({ steps: [{ send: 'STATUS' }] }));
    const exporting = spawnCommand(['export', '--output', join(template, 'export.ndjson')], {
      dataDirectory: template,
    });
    expect(await exporting.exited).toBe(0);
  });
  afterAll(() => rmSync(template, { recursive: true, force: true }));
  return async (folder = freshFolder()) => {
    cpSync(template, folder, { recursive: true });
    return { folder, simulator: await freshSimulator(), endpoint: (await startEndpoint()).url };
  };
}

/** Starts a trial where all is well but for what `changed` says. */
export function startTrial(
  name: string,
  trial: Trial,
  stage: Stage,
  changed: Partial<CommandSurroundings> = {},
): RunningCommand {
  return startCommand([name, ...trial.args(stage)], {
    dataDirectory: stage.folder,
    apiBase: stage.simulator.origin,
    ...(trial.input === undefined ? {} : { input: trial.input }),
    ...changed,
    environment: {
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      THINGSPACE_FORWARD_SECRET: signingSecret,
      ...(changed.environment ?? credentialsOf(stage.simulator)),
    },
  });
}

/** Waits until a trial that goes on has said what it says, and tells it to stop. */
export async function stopOnceSaid(command: RunningCommand, { says }: Trial): Promise<void> {
  if (says === undefined) return;
  await command.until(() => command.out.some((line) => line.includes(says)), says);
  command.signal('SIGINT');
}
