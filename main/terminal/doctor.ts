import type { PublicError } from '../../preload/contract/errors.ts';
import { type Check, hops } from '../../preload/contract/examination.ts';
import { accountName } from '../../preload/contract/settings.ts';
import { failed, pass, rest } from '../core/examination.ts';
import type { Command, CommandContext } from './command.ts';
import { type ExitCode, exit, exitCodeOf } from './io.ts';
import { wrongUsage } from './listen.ts';
import { paint } from './paint.ts';

const oldestNode = 24;
const marks = { pass: ['✓', 'green'], fail: ['✗', 'red'], 'not-tried': ['–', 'dim'] } as const;
const words = { pass: 'pass', fail: 'fail', 'not-tried': 'not tried' } as const;
const width = Math.max(...hops.map((hop) => hop.length));

/** `doctor`: each hop from this computer to ThingSpace and back, and the first that fails. */
export const doctor: Command = async (context) => {
  const { options, terminal } = context;
  const accounts = [...new Set(options.texts('account'))];
  for (const name of accounts) {
    const parsed = accountName.safeParse(name);
    if (!parsed.success) return wrongUsage(context, parsed.error.issues[0]?.message ?? `"${name}" is no account name.`);
  }
  const checks = [nodeCheck(), ...(await examine(context, accounts))];
  const first = checks.find(({ outcome }) => outcome === 'fail') ?? null;
  for (const check of checks) await terminal.out(options.has('json') ? jsonOf(check) : lineOf(check, terminal.color));
  if (options.has('json')) await terminal.out(JSON.stringify({ type: 'doctor', firstFailure: first?.hop ?? null }));
  else if (first) await terminal.out(`The first that fails: ${first.hop}. ${first.fix ?? first.reason}`);
  else await terminal.out('Nothing fails.');
  return exitOf(first);
};

function nodeCheck(): Check {
  const { node } = process.versions;
  const finding =
    Number(node.split('.')[0]) >= oldestNode
      ? pass(`Node ${node} on ${process.platform} ${process.arch}.`)
      : failed(`Node ${node} is too old.`, `Install Node ${oldestNode} or newer.`);
  return { hop: 'node', account: null, ...finding };
}

/** Where there is no core to be asked, the data folder is what fails. */
async function examine(context: CommandContext, accounts: readonly string[]): Promise<readonly Check[]> {
  const session = await context.attach();
  if (!session.ok) return withoutCore();
  try {
    const examined = await session.value.bridge.call('app.examine', { accounts: [...accounts] });
    return examined.ok ? examined.value.checks : withoutCore(examined.error);
  } finally {
    await session.value.close();
  }
}

function withoutCore(error?: PublicError): readonly Check[] {
  const reason = error?.message ?? 'The data folder cannot be used.';
  const fix = 'Check that the data folder exists and may be written, or give another with --data-dir.';
  const check: Check = { hop: 'data-dir', account: null, ...failed(reason, fix) };
  return [check, ...rest([check], 'A hop before it failed.').filter(({ hop }) => hop !== 'node')];
}

function jsonOf(check: Check): string {
  return JSON.stringify({ type: 'check', ...check });
}

function lineOf({ hop, account, outcome, reason, fix }: Check, color: boolean): string {
  const [mark, style] = marks[outcome];
  const line = `${paint(mark, style, color)} ${hop.padEnd(width)}  ${words[outcome].padEnd(9)}  ${account === null ? '' : `${account}: `}${reason}`;
  return fix === null ? line : `${line}\n${' '.repeat(width + 15)}${fix}`;
}

function exitOf(first: Check | null): ExitCode {
  if (!first) return exit.done;
  return first.code === null ? exit.failed : exitCodeOf(first.code);
}
