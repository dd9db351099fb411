import type { Command } from './command.ts';
import { exit } from './io.ts';
import { callAndShow } from './oneshot.ts';
import { paintLight } from './paint.ts';

/** `status`: the sentence of the window and the tray, and a line for each account. */
export const status: Command = async (context) => {
  const { options, terminal } = context;
  return callAndShow(context, 'snapshot.get', {}, async (snapshot) => {
    if (options.has('json')) {
      await terminal.out(JSON.stringify(snapshot));
      return exit.done;
    }
    await terminal.out(`${paintLight(snapshot.light, terminal.color)} ${snapshot.sentence}`);
    for (const account of snapshot.accounts)
      await terminal.out(
        `${paintLight(account.light, terminal.color)} ${account.name}  ${account.state}  ${account.sentence}`,
      );
    return exit.done;
  });
};
