import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { ok } from '../../preload/contract/result.ts';
import type { Command, CommandContext, GivenOptions } from './command.ts';
import { commandTable } from './command-table.ts';
import { readOptions } from './given-options.ts';
import { exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { readAccounts } from './read-options.ts';
import { serviceFiles } from './service-files.ts';

const longRunning = ['listen', 'serve'];
const usual = ['serve', '--no-open'];

/** `service KIND [-- COMMAND…]`: what starts this very program with the computer, for its service manager. */
export const service: Command = async (context) => {
  const { options, terminal } = context;
  const [kind = '', ...given] = options.positionals;
  const file = Object.hasOwn(serviceFiles, kind) ? serviceFiles[kind] : undefined;
  if (!file)
    return wrongUsage(context, `Name one of ${Object.keys(serviceFiles).join(', ')}, such as: service systemd.`);
  const [name = '', ...words] = given.length === 0 ? usual : given;
  const spec = commandTable.find((command) => command.name === name);
  if (!spec || !longRunning.includes(name))
    return wrongUsage(context, 'A service runs listen or serve, such as: service systemd -- listen --account NAME.');
  const wanted = readOptions(spec, words);
  if (!wanted.ok) return wrongUsage(context, wanted.error);
  const accounts = name === 'listen' ? readAccounts(wanted.value) : ok([]);
  if (!accounts.ok) return wrongUsage(context, accounts.error);
  const { node, script } = context.program;
  const args = [script, name, ...words.map(inFull), ...added(context, wanted.value)];
  await terminal.out(file.make({ program: node, args, home: homedir() }));
  for (const line of file.next) terminal.say(line);
  return exit.done;
};

/** A path as it is from everywhere: a service starts in another folder than this one. `~` is left to who reads it. */
function inFull(word: string, at: number, words: readonly string[]): string {
  if (words[at - 1] === '--data-dir') return resolve(word);
  const [, key = '', path = ''] = /^(--data-dir=|(?:--tunnel-option=)?(?:keyFile|configFile)=)(.+)$/s.exec(word) ?? [];
  const isPath = key.startsWith('--') || words[at - 1] === '--tunnel-option';
  return path !== '' && isPath && !path.startsWith('~') ? `${key}${resolve(path)}` : word;
}

/** A log is for programs. A service has neither this folder nor this environment, so their places are named. */
function added({ places: { dataDirectory, apiBase } }: CommandContext, wanted: GivenOptions): readonly string[] {
  return [
    ...(wanted.has('json') ? [] : ['--json']),
    ...(dataDirectory === null || wanted.has('data-dir') ? [] : ['--data-dir', dataDirectory]),
    ...(apiBase === null || wanted.has('api-base') ? [] : ['--api-base', apiBase]),
  ];
}
