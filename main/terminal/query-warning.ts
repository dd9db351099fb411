import { misreadConditions } from '../core/query.ts';
import type { CommandContext } from './command.ts';
import { localClock } from './local-time.ts';

/** Says which conditions of `--query` are none, for nothing found is no sign of it. */
export function warnOfQuery(context: CommandContext): void {
  const { options, terminal } = context;
  for (const written of misreadConditions(options.text('query') ?? '', localClock(context.now())))
    terminal.say(`"${written}" is no condition of a search: it is looked for as plain words.`);
}
