import type { Command } from './command.ts';
import { commandTable } from './command-table.ts';
import { bashCompletion } from './completion-bash.ts';
import { fishCompletion } from './completion-fish.ts';
import { zshCompletion } from './completion-zsh.ts';
import { exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { manPage } from './man-page.ts';

const made: Readonly<Record<string, () => string>> = {
  bash: () => bashCompletion(commandTable),
  zsh: () => zshCompletion(commandTable),
  fish: () => fishCompletion(commandTable),
  man: () => manPage(commandTable),
};

/** `completion`: what a shell needs to complete this command line, or its man page, made from the command table. */
export const completion: Command = async (context) => {
  const [name, ...others] = context.options.positionals;
  const make = name === undefined ? undefined : made[name];
  if (!make || others.length > 0)
    return wrongUsage(context, `Name one of ${Object.keys(made).join(', ')}, such as: completion bash.`);
  await context.terminal.out(make());
  return exit.done;
};
