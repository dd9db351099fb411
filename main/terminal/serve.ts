import type { Command } from './command.ts';
import { failed } from './failing.ts';
import { exit } from './io.ts';
import { readAddress, watch, wrongUsage } from './listen.ts';
import { forwardOfSettings } from './read-forward.ts';

/** `serve`: the accounts of the settings, with the window in a browser. */
export const serve: Command = async (context) => {
  const { options, terminal } = context;
  const address = readAddress(options, context.apiIsLoopback, true);
  if (!address.ok) return wrongUsage(context, address.error);
  const owned = await context.own({ ...address.value, wishes: null, forward: forwardOfSettings(terminal) });
  if (!owned.ok) return failed(context, owned.error);
  const url = await owned.value.openWindows({ offersDemo: true });
  if (!url.ok) {
    terminal.say(url.error);
    await owned.value.close();
    return exit.failed;
  }
  try {
    await terminal.out(options.has('json') ? JSON.stringify({ type: 'window', url: url.value }) : url.value);
  } catch (gone) {
    await owned.value.close();
    throw gone;
  }
  if (!options.has('no-open') && terminal.isTerminal) context.openBrowser(url.value);
  return watch(context, owned.value, { max: Number.POSITIVE_INFINITY, endsWhenRefused: false });
};
