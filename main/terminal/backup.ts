import { resolve } from 'node:path';
import type { Command } from './command.ts';
import { exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { callAndShow } from './oneshot.ts';

/** `backup FILE`: all texts as one file, made while texts come in. */
export const backup: Command = async (context) => {
  const { options, terminal } = context;
  const [file, ...rest] = options.positionals;
  if (file === undefined || file === '' || rest.length > 0)
    return wrongUsage(context, 'Name one new file: backup FILE.');
  // Whoever owns the data directory writes it, perhaps from another folder.
  const path = resolve(file);
  return callAndShow(context, 'store.backup', { path }, async () => {
    await terminal.out(
      options.has('json')
        ? JSON.stringify({ type: 'backup', path })
        : `All texts are in ${path}. To use it, stop the app, remove messages.db and messages.db-wal from its data directory and put it there as messages.db.`,
    );
    return exit.done;
  });
};
