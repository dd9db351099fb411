import type { TimelineEntry } from '../../preload/contract/snapshot.ts';
import type { Command, CommandContext } from './command.ts';
import { exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { callAndShow } from './oneshot.ts';
import { clockTime, paint } from './paint.ts';
import { readNumber } from './read-options.ts';

/** As many as the core keeps. */
const most = 500;

/** `timeline`: what happened, oldest first so that the newest stands last: gaps, changes of state, problems, notes. */
export const timeline: Command = async (context) => {
  const limit = readNumber(context.options, 'limit', { min: 1, max: most, whole: true }, 100);
  if (!limit.ok) return wrongUsage(context, limit.error);
  return callAndShow(context, 'timeline.page', { limit: limit.value }, async ({ entries }) => {
    for (const entry of entries.toReversed()) await context.terminal.out(lineOf(context, entry));
    if (entries.length === 0 && !context.options.has('json')) await context.terminal.out('Nothing has happened yet.');
    return exit.done;
  });
};

function lineOf(context: CommandContext, entry: TimelineEntry): string {
  const { terminal, options } = context;
  if (options.has('json')) return JSON.stringify({ type: 'happened', ...entry });
  const { at, account, text } = entry;
  const time = paint(clockTime(at, new Date(context.now())), 'dim', terminal.color);
  return `${time}  ${account === null || text.includes(account) ? '' : `${account}  `}${text}`;
}
