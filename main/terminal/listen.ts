import type { Message } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { readTunnelChoice, type TunnelChoice } from '../../preload/contract/tunnel.ts';
import { checkPublicUrl, isCallbackPort, portRule } from '../core/public-url.ts';
import { matches, parseQuery } from '../core/query.ts';
import type { Happening } from '../services/core.ts';
import type { Command, CommandContext, GivenOptions, OwnedCore, RunRequest } from './command.ts';
import { failed } from './failing.ts';
import { type ExitCode, exit, exitCodeOf } from './io.ts';
import { createJsonView, createPeopleView } from './live-view.ts';
import { localClock } from './local-time.ts';
import { readForward } from './read-forward.ts';
import { readAccounts, readMode, readNumber, readPort } from './read-options.ts';

/** Against Verizon the queue is not asked more often than this (seconds). */
const shortestPollSeconds = 15;

/** `listen`: the texts of the accounts given, as they come. */
export const listen: Command = async (context) => {
  const request = await readListen(context);
  if (!request.ok) return wrongUsage(context, request.error);
  const max = readNumber(context.options, 'max', { min: 1, whole: true }, Number.POSITIVE_INFINITY);
  if (!max.ok) return wrongUsage(context, max.error);
  const owned = await context.own(request.value);
  if (!owned.ok) return failed(context, owned.error);
  return watch(context, owned.value, { max: max.value, endsWhenRefused: true });
};

export interface Watching {
  /** End after so many texts. */
  readonly max: number;
  /** A refused sign-in ends the run, so that a script learns of it. */
  readonly endsWhenRefused: boolean;
}

/** Starts the core, prints what happens, and closes it at SIGINT, SIGTERM, after `max` texts, or when signing in is refused. */
export async function watch(
  context: CommandContext,
  owned: OwnedCore,
  watching: Watching,
  until: Promise<void> = new Promise(() => {}),
): Promise<ExitCode> {
  const { terminal, options } = context;
  const { core } = owned;
  const view = options.has('json')
    ? createJsonView(terminal, context.pid)
    : createPeopleView(terminal, () => context.now());
  const shows = readFilter(context);
  const ended = Promise.withResolvers<ExitCode>();
  let shown = 0;

  async function show(happening: Happening): Promise<void> {
    if (happening.type === 'message') {
      if (shown >= watching.max || !shows(happening.message)) return;
      shown += 1;
    }
    await view.show(happening);
    if (shown >= watching.max) ended.resolve(exit.done);
    if (happening.type === 'problem' && watching.endsWhenRefused && exitCodeOf(happening.problem.code) === exit.signIn)
      ended.resolve(exit.signIn);
  }

  let printed: Promise<void> = Promise.resolve();
  core.onHappening((happening) => {
    printed = printed.then(() => show(happening));
    // Told below, once the core is closed.
    printed.catch(() => ended.resolve(exit.failed));
  });
  core.onSnapshot((snapshot) => view.showStatus(snapshot));
  core.start();
  void Promise.race([terminal.stopAsked, until]).then(() => ended.resolve(exit.done));
  const code = await ended.promise;
  terminal.status(null);
  if (!options.has('json')) terminal.say('Stopping: finishing what was accepted and giving the callbacks back.');
  await owned.close();
  await printed;
  return code;
}

function readFilter(context: CommandContext): (message: Message) => boolean {
  const text = context.options.text('query');
  if (text === null) return () => true;
  const query = parseQuery(text, localClock(context.now()));
  return (message) => matches(query, message);
}

export function wrongUsage({ terminal }: CommandContext, sentence: string): ExitCode {
  terminal.say(sentence);
  return exit.usage;
}

async function readListen(context: CommandContext): Promise<Result<RunRequest, string>> {
  const { options } = context;
  const accounts = readAccounts(options);
  if (!accounts.ok) return accounts;
  const mode = readMode(options);
  if (!mode.ok) return mode;
  if (mode.value === 'peek' && options.text('max') !== null)
    return fail('--max ends after so many texts, but --mode peek takes none: leave one of them out.');
  const poll = readNumber(options, 'poll-interval', { min: 1 }, 60);
  if (!poll.ok) return poll;
  const address = readAddress(options, context.apiIsLoopback, mode.value === 'auto' || mode.value === 'callback');
  if (!address.ok) return address;
  const tooOften = poll.value < shortestPollSeconds && !context.apiIsLoopback;
  if (tooOften)
    context.terminal.say(
      `The queue is asked at most every ${shortestPollSeconds} s; --poll-interval ${poll.value} was raised.`,
    );
  const pollIntervalMs = (tooOften ? shortestPollSeconds : poll.value) * 1000;
  const forward = await readForward(context);
  if (!forward.ok) return forward;
  return ok({
    ...address.value,
    forward: forward.value,
    wishes: { accounts: accounts.value, mode: mode.value, takeOver: options.has('take-over'), pollIntervalMs },
  });
}

/** The way in from outside. What ThingSpace would not call is refused here, before anything is sent. */
export function readAddress(
  options: GivenOptions,
  loopbackAllowed: boolean,
  calls: boolean,
): Result<Pick<RunRequest, 'port' | 'publicUrl' | 'tunnel'>, string> {
  const port = readPort(options);
  if (!port.ok) return port;
  const tunnel = readTunnel(options, loopbackAllowed);
  if (!tunnel.ok) return tunnel;
  const given = options.text('public-url');
  if (given === null) {
    const isPublic = calls && loopbackAllowed && port.value !== null && tunnel.value === null;
    if (isPublic && !isCallbackPort(port.value))
      return fail(`ThingSpace does not call port ${port.value}. Use port ${portRule}.`);
    return ok({ port: port.value, publicUrl: null, tunnel: tunnel.value });
  }
  const checked = checkPublicUrl(given, { loopbackAllowed });
  return checked.ok ? ok({ port: port.value, publicUrl: checked.value, tunnel: null }) : checked;
}

/** The tunnel of this run; null: that of the settings. An address that ThingSpace would not call is refused here. */
function readTunnel(options: GivenOptions, loopbackAllowed: boolean): Result<TunnelChoice | null, string> {
  const kind = options.text('tunnel');
  const given = options.texts('tunnel-option');
  if (kind === null) return given.length === 0 ? ok(null) : fail('--tunnel-option needs --tunnel KIND.');
  const choice = readTunnelChoice(kind, given);
  if (!choice.ok) return choice;
  const publicUrl = 'publicUrl' in choice.value ? choice.value.publicUrl : null;
  const checked = publicUrl === null ? null : checkPublicUrl(publicUrl, { loopbackAllowed });
  return checked?.ok === false ? checked : choice;
}
