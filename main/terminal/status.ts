import type { AccountView, Snapshot } from '../../preload/contract/snapshot.ts';
import { gapSentence } from '../core/gap.ts';
import type { Command, CommandContext } from './command.ts';
import { failed } from './failing.ts';
import { exit } from './io.ts';
import { clockTime, paint, paintLight } from './paint.ts';

export const nobodyListens =
  'Nobody listens with this data folder. Texts wait in the queue at ThingSpace. Start: thingspace-sms listen --account NAME';

/** `status`: the sentence of the window and the tray, and a line for each account; or that nobody listens. */
export const status: Command = async (context) => {
  const { options, terminal } = context;
  const session = await context.attach();
  if (!session.ok) return failed(context, session.error);
  try {
    const { bridge, ownerPid } = session.value;
    const answered = await bridge.call('snapshot.get', {});
    if (!answered.ok) return failed(context, answered.error);
    const listening = ownerPid !== null;
    const snapshot = listening ? answered.value : { ...answered.value, sentence: nobodyListens, action: null };
    if (options.has('json'))
      await terminal.out(JSON.stringify({ type: 'status', listening, pid: ownerPid, ...snapshot }));
    else for (const line of lines(context, snapshot, ownerPid)) await terminal.out(line);
    return exit.done;
  } finally {
    await session.value.close();
  }
};

function lines(context: CommandContext, snapshot: Snapshot, pid: number | null): readonly string[] {
  const { color } = context.terminal;
  const now = new Date(context.now());
  const { total, unread, unverified } = snapshot.inbox;
  const apart = unverified > 0 ? `, ${unverified} kept apart as unverified` : '';
  const numbers = `${total} ${total === 1 ? 'text' : 'texts'} stored, ${unread} unread${apart}.${pid === null ? '' : ` Process ${pid}.`}`;
  return [
    `${paintLight(snapshot.light, color)} ${snapshot.sentence}`,
    ...snapshot.accounts.flatMap((account) => [accountLine(account, color, now), ...gapLine(account, color, now)]),
    paint(numbers, 'dim', color),
  ];
}

function accountLine({ light, name, state, sentence, lastTextAt }: AccountView, color: boolean, now: Date): string {
  const last = lastTextAt === null ? '' : ` Last text ${clockTime(lastTextAt, now)}.`;
  return `${paintLight(light, color)} ${name}  ${state}  ${sentence}${last}`;
}

function gapLine({ lastGap }: AccountView, color: boolean, now: Date): readonly string[] {
  return lastGap === null ? [] : [paint(`  ${gapSentence(lastGap, now.getTime())}`, 'dim', color)];
}
