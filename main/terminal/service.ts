import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Command, CommandContext } from './command.ts';
import { exit } from './io.ts';
import { wrongUsage } from './listen.ts';
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
  const wanted = given.length === 0 ? usual : given;
  if (!longRunning.includes(wanted[0] ?? ''))
    return wrongUsage(context, 'A service runs listen or serve, such as: service systemd -- listen --account NAME.');
  const { node, script } = context.program;
  const args = [script, ...wanted, ...linesOfJson(wanted), ...surroundingsOf(context, wanted)];
  await terminal.out(file.make({ program: node, args, home: homedir() }));
  for (const line of file.next) terminal.say(line);
  return exit.done;
};

/** A log is for programs. */
function linesOfJson(wanted: readonly string[]): readonly string[] {
  return wanted.includes('--json') ? [] : ['--json'];
}

/** A service starts in another folder. */
function surroundingsOf({ options }: CommandContext, wanted: readonly string[]): readonly string[] {
  const directory = options.text('data-dir');
  const base = options.text('api-base');
  return [
    ...(directory === null || wanted.includes('--data-dir') ? [] : ['--data-dir', resolve(directory)]),
    ...(base === null || wanted.includes('--api-base') ? [] : ['--api-base', base]),
  ];
}
