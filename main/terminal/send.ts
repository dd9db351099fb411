import type { Bridge } from '../../preload/contract/bridge.ts';
import type { DeviceId } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Expectation, ReplyPattern, Send } from '../../preload/contract/sends.ts';
import { measureText, type SmsEncoding, smsEncoding } from '../../preload/contract/sms-text.ts';
import { longestTimeToLive } from '../../preload/contract/time-to-live.ts';
import { sendProblem } from '../core/send-problem.ts';
import type { Command, CommandContext, GivenOptions } from './command.ts';
import { failed } from './failing.ts';
import { type ExitCode, exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { whileListening } from './listening.ts';
import { localClock } from './local-time.ts';
import { showMessage } from './messages.ts';
import { withBridge } from './oneshot.ts';
import { readAccount, readDevice, readNumber } from './read-options.ts';

/** Between two looks at what became of the text (milliseconds). */
const lookEveryMs = 100;

interface SendAsked {
  readonly account: string;
  readonly to: DeviceId;
  readonly text: string;
  readonly encoding: SmsEncoding | null;
  readonly timeToLiveSeconds: number | null;
  readonly expect: Expectation | null;
}

/** `send`: POST /sms, and with `--wait-reply` the device's answer. */
export const send: Command = async (context) => {
  const asked = readSend(context.options);
  if (!asked.ok) return wrongUsage(context, asked.error);
  const { account, expect, text, encoding } = asked.value;
  const measure = measureText(text, encoding);
  const problem = sendProblem(asked.value, measure, await context.textPatterns(), localClock(context.now()));
  if (problem !== null) return wrongUsage(context, problem);
  if (measure.refusable.length > 0)
    context.terminal.say(`ThingSpace may refuse the text because of ${measure.refusable.join(' ')}. It is tried.`);
  const work = (bridge: Bridge) => sendIt(context, bridge, asked.value);
  return expect ? whileListening(context, account, work) : withBridge(context, work);
};

async function sendIt(context: CommandContext, bridge: Bridge, asked: SendAsked): Promise<ExitCode> {
  const { options, terminal } = context;
  const sent = await bridge.call('message.send', asked);
  if (!sent.ok) return failed(context, sent.error);
  const { requestId } = sent.value;
  await terminal.out(
    options.has('json') ? JSON.stringify({ type: 'sent', account: asked.account, requestId }) : requestId,
  );
  return asked.expect ? awaitReply(context, bridge, sent.value.send.id) : exit.done;
}

/** Waits until the core has decided whether the answer came. */
async function awaitReply(context: CommandContext, bridge: Bridge, id: number): Promise<ExitCode> {
  let stopped = false;
  void context.terminal.stopAsked.then(() => {
    stopped = true;
  });
  for (;;) {
    const found = stopped ? await bridge.call('sends.stopWaiting', { id }) : await bridge.call('sends.get', { id });
    if (!found.ok) return failed(context, found.error);
    if (found.value.awaited?.result !== 'waiting') {
      context.terminal.status(null);
      return showOutcome(context, bridge, found.value);
    }
    context.terminal.status(waitingLine(found.value, context.now()));
    await context.pause(lookEveryMs);
  }
}

function waitingLine({ state, awaited }: Send, now: number): string {
  const left = Math.max(0, Math.ceil((Date.parse(awaited?.dueAt ?? '') - now) / 1000));
  return `${state}, waiting for the answer: ${left} s left`;
}

async function showOutcome(context: CommandContext, bridge: Bridge, { state, awaited }: Send): Promise<ExitCode> {
  const { terminal } = context;
  if (awaited?.result === 'passed' && awaited.reply) {
    const reply = await bridge.call('inbox.message', { id: awaited.reply.messageId });
    if (reply.ok) await showMessage(context, reply.value.message);
    else await terminal.out(awaited.reply.text);
    return exit.done;
  }
  if (awaited?.reason) terminal.say(awaited.reason);
  if (state === 'failed' || state === 'expired') return exit.failed;
  terminal.say('The device may be asleep. Its answer is stored when it comes while this app listens.');
  return exit.timeout;
}

function readSend(options: GivenOptions): Result<SendAsked, string> {
  const account = readAccount(options);
  if (!account.ok) return account;
  const to = readDevice(options);
  if (!to.ok) return to;
  const text = options.text('text');
  if (text === null) return fail('Give the text with --text T.');
  const encoding = readEncoding(options.text('encoding'));
  if (!encoding.ok) return encoding;
  const bounds = { min: 60, max: longestTimeToLive, whole: true };
  const life = readNumber(options, 'time-to-live', bounds, longestTimeToLive);
  if (!life.ok) return life;
  const expect = readExpectation(options);
  if (!expect.ok) return expect;
  const timeToLiveSeconds = life.value === longestTimeToLive ? null : life.value;
  return ok({
    account: account.value,
    to: to.value,
    text,
    encoding: encoding.value,
    timeToLiveSeconds,
    expect: expect.value,
  });
}

function readEncoding(given: string | null): Result<SmsEncoding | null, string> {
  if (given === null) return ok(null);
  const found = smsEncoding.options.find((encoding) => encoding.toLowerCase() === given.toLowerCase());
  return found ? ok(found) : fail(`--encoding is one of ${smsEncoding.options.join(', ')}, not "${given}".`);
}

function readExpectation(options: GivenOptions): Result<Expectation | null, string> {
  const seconds = readNumber(options, 'wait-reply', { min: 0, max: 86_400 }, 0);
  if (!seconds.ok) return seconds;
  const given = options.text('expect');
  if (seconds.value === 0) return given === null ? ok(null) : fail('--expect needs --wait-reply S.');
  return ok({ pattern: patternOf(given), seconds: Math.ceil(seconds.value) });
}

/** `/…/` is a regular expression, anything else the search language. */
function patternOf(given: string | null): ReplyPattern {
  if (given === null || given === '') return { kind: 'any', value: '' };
  const regex = /^\/(.+)\/$/s.exec(given)?.[1];
  return regex === undefined ? { kind: 'search', value: given } : { kind: 'regex', value: regex };
}
