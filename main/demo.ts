import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecret } from './core/secret.ts';
import { openCommandCore } from './open-core.ts';
import { type Simulator, startSimulator } from './simulator/server.ts';
import type { Command, CommandContext } from './terminal/command.ts';
import { exit, tellFailure } from './terminal/io.ts';
import { watch, wrongUsage } from './terminal/listen.ts';
import { readNumber, readPort } from './terminal/read-options.ts';

/** Texts that wait in each sample account's queue, so that catching up is seen. */
const backlog = 12;
/** The demo may run for days: finished texts beyond this leave the simulator's memory. */
const ledgerLimit = 20_000;

/** `demo`: everything real but Verizon. */
export const demo: Command = async (context) => {
  const { options, terminal } = context;
  const rate = readNumber(options, 'rate', { min: 0, max: 1000 }, 1);
  if (!rate.ok) return wrongUsage(context, rate.error);
  const duration = readNumber(options, 'duration', { min: 0 }, Number.POSITIVE_INFINITY);
  if (!duration.ok) return wrongUsage(context, duration.error);
  const simulator = await startSimulator({ port: 0, backlog, ledgerLimit });
  const folder = mkdtempSync(join(tmpdir(), 'thingspace-sms-demo-'));
  try {
    return await run(context, simulator, { folder, rate: rate.value, seconds: duration.value });
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
    terminal.status(null);
  }
};

interface DemoRun {
  readonly folder: string;
  readonly rate: number;
  readonly seconds: number;
}

async function run(context: CommandContext, simulator: Simulator, { folder, rate, seconds }: DemoRun) {
  const { options, terminal } = context;
  const { appKey, appSecret, username, password } = simulator.credentials;
  const owned = await openCommandCore(
    {
      dataDirectory: folder,
      dataDirectoryGiven: true,
      apiBase: simulator.origin,
      apiIsLoopback: true,
      environmentCredentials: {
        appKey: createSecret(appKey),
        appSecret: createSecret(appSecret),
        username: createSecret(username),
        password: createSecret(password),
      },
      hostName: 'demo',
      color: terminal.color,
    },
    {
      wishes: { accounts: simulator.accounts, mode: 'auto', takeOver: false, pollIntervalMs: 15_000 },
      port: null,
      publicUrl: null,
    },
  );
  if (!owned.ok) return tellFailure(terminal, owned.error);
  if (!options.has('json')) {
    terminal.say(
      'A built-in ThingSpace with two accounts and a handful of devices that text. Nothing leaves this computer. Ctrl-C ends it.',
    );
  }
  void showWindow(context, owned.value.openWindows());
  if (rate > 0) simulator.startDevices({ rate });
  const until = Number.isFinite(seconds) ? context.pause(seconds * 1000) : undefined;
  return watch(context, owned.value, { max: Number.POSITIVE_INFINITY, endsWhenRefused: false }, until);
}

async function showWindow(
  { terminal, options, openBrowser }: CommandContext,
  opening: Promise<{ readonly ok: boolean; readonly value?: string; readonly error?: string }>,
): Promise<void> {
  const url = await opening;
  if (!url.ok || url.value === undefined) return terminal.say(url.error ?? 'The window could not be opened.');
  terminal.say(`Window: ${url.value}`);
  if (!options.has('no-open') && terminal.isTerminal) openBrowser(url.value);
}

/** `simulate`: the built-in ThingSpace alone. */
export const simulate: Command = async (context) => {
  const { options, terminal } = context;
  const port = readPort(options);
  if (!port.ok) return wrongUsage(context, port.error);
  const rate = readNumber(options, 'rate', { min: 0, max: 1000 }, 0);
  if (!rate.ok) return wrongUsage(context, rate.error);
  const simulator = await startSimulator({ port: port.value ?? 0, ledgerLimit: 250_000 });
  const { origin, accounts, credentials } = simulator;
  const ready = { type: 'simulating', origin, accounts, credentials };
  await terminal.out(options.has('json') ? JSON.stringify(ready) : origin);
  if (!options.has('json')) {
    terminal.say(`Accounts: ${accounts.join(', ')}. Control: ${origin}/simulator/… Try in another terminal:`);
    terminal.say(
      `  THINGSPACE_API_BASE=${origin} THINGSPACE_APP_KEY=${credentials.appKey} THINGSPACE_APP_SECRET=${credentials.appSecret} \\`,
    );
    terminal.say(`  THINGSPACE_USERNAME=${credentials.username} THINGSPACE_PASSWORD=${credentials.password} \\`);
    terminal.say(`  thingspace-sms listen --account ${accounts[0] ?? ''}`);
  }
  if (rate.value > 0) simulator.startDevices({ rate: rate.value });
  await terminal.stopAsked;
  await simulator.close();
  return exit.done;
};
