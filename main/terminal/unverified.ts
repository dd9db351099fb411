import type { Unverified } from '../../preload/contract/message.ts';
import { plainText } from '../core/plain-text.ts';
import type { Command, CommandContext } from './command.ts';
import { exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { callAndShow } from './oneshot.ts';
import { clockTime, paint } from './paint.ts';
import { readNumber } from './read-options.ts';

/** As many as the core gives at once. */
const most = 500;

/** `unverified`: what reached the listener or the queue and is not trusted, newest first. It is in no other command. */
export const unverified: Command = async (context) => {
  const limit = readNumber(context.options, 'limit', { min: 1, max: most, whole: true }, 100);
  if (!limit.ok) return wrongUsage(context, limit.error);
  return callAndShow(context, 'unverified.page', { limit: limit.value }, async ({ items }) => {
    for (const item of items) for (const line of linesOf(context, item)) await context.terminal.out(line);
    if (items.length === 0 && !context.options.has('json'))
      await context.terminal.out('Nothing was kept apart: all that came could be trusted.');
    return exit.done;
  });
};

/** A body may be anything at all, so that it is shown as one harmless line. */
function linesOf(context: CommandContext, item: Unverified): readonly string[] {
  const { terminal, options } = context;
  if (options.has('json')) return [JSON.stringify({ type: 'unverified', ...item })];
  const { receivedAt, account, reason, body } = item;
  const time = paint(clockTime(receivedAt, new Date(context.now())), 'dim', terminal.color);
  const whose = account === null ? '' : `${plainText(account, 64)}  `;
  return [`${time}  ${whose}${reason}`, paint(`          ${plainText(body, 2000)}`, 'dim', terminal.color)];
}
