import { fail, ok, type Result } from '../preload/contract/result.ts';
import { listenerFailure } from './adapters/callback-listener.ts';
import { openCommandCore } from './command-core.ts';
import { createDemoFolder, type DemoSetting, openDemo } from './demo-setting.ts';
import { type Simulator, startSimulator } from './simulator/server.ts';
import type { Command, CommandContext } from './terminal/command.ts';
import { failed } from './terminal/failing.ts';
import { exit } from './terminal/io.ts';
import { watch, wrongUsage } from './terminal/listen.ts';
import { readNumber, readPort } from './terminal/read-options.ts';

/** `demo`: everything real but Verizon. */
export const demo: Command = async (context) => {
  const { options, terminal } = context;
  const rate = readNumber(options, 'rate', { min: 0, max: 1000 }, 1);
  if (!rate.ok) return wrongUsage(context, rate.error);
  const duration = readNumber(options, 'duration', { min: 0 }, Number.POSITIVE_INFINITY);
  if (!duration.ok) return wrongUsage(context, duration.error);
  const setting = await openDemo(createDemoFolder(), terminal.color);
  try {
    return await run(context, setting, { rate: rate.value, seconds: duration.value });
  } finally {
    await setting.close();
    terminal.status(null);
  }
};

interface DemoPace {
  readonly rate: number;
  readonly seconds: number;
}

async function run(context: CommandContext, setting: DemoSetting, { rate, seconds }: DemoPace) {
  const { options, terminal } = context;
  const owned = await openCommandCore(setting.surroundings, setting.request);
  if (!owned.ok) return failed(context, owned.error);
  if (!options.has('json')) {
    terminal.say(
      'A built-in ThingSpace with two accounts and a handful of devices that text. Nothing leaves this computer. Ctrl-C ends it.',
    );
  }
  void showWindow(context, owned.value.openWindows());
  if (rate > 0) setting.simulator.startDevices({ rate });
  const until = Number.isFinite(seconds) ? context.pause(seconds * 1000) : undefined;
  return watch(context, owned.value, { max: Number.POSITIVE_INFINITY, endsWhenRefused: false }, until);
}

async function showWindow(context: CommandContext, opening: Promise<Result<string, string>>): Promise<void> {
  const { terminal, options } = context;
  const url = await opening;
  if (!url.ok) return terminal.say(url.error);
  terminal.say(`Window: ${url.value}`);
  if (!options.has('no-open') && terminal.isTerminal) context.openBrowser(url.value);
}

/** `simulate`: the built-in ThingSpace alone. */
export const simulate: Command = async (context) => {
  const { options, terminal } = context;
  const port = readPort(options);
  if (!port.ok) return wrongUsage(context, port.error);
  const rate = readNumber(options, 'rate', { min: 0, max: 1000 }, 0);
  if (!rate.ok) return wrongUsage(context, rate.error);
  const opened = await openSimulator(port.value);
  if (!opened.ok) return failed(context, { code: 'listener-failed', message: opened.error, service: null });
  const simulator = opened.value;
  try {
    await showSimulator(context, simulator);
    if (rate.value > 0) simulator.startDevices({ rate: rate.value });
    await terminal.stopAsked;
  } finally {
    await simulator.close();
  }
  return exit.done;
};

/** A port that cannot be had is no bug. */
async function openSimulator(port: number | null): Promise<Result<Simulator, string>> {
  try {
    return ok(await startSimulator({ port: port ?? 0, ledgerLimit: 250_000 }));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return fail(listenerFailure(error, port).message);
    throw error;
  }
}

async function showSimulator({ terminal, options }: CommandContext, simulator: Simulator): Promise<void> {
  const { origin, accounts, credentials } = simulator;
  const ready = { type: 'simulating', origin, accounts, credentials };
  await terminal.out(options.has('json') ? JSON.stringify(ready) : origin);
  if (options.has('json')) return;
  terminal.say(`Accounts: ${accounts.join(', ')}. Control: ${origin}/simulator/… Try in another terminal:`);
  terminal.say(
    `  THINGSPACE_API_BASE=${origin} THINGSPACE_APP_KEY=${credentials.appKey} THINGSPACE_APP_SECRET=${credentials.appSecret} \\`,
  );
  terminal.say(`  THINGSPACE_USERNAME=${credentials.username} THINGSPACE_PASSWORD=${credentials.password} \\`);
  terminal.say(`  thingspace-sms listen --account ${accounts[0] ?? ''}`);
}
