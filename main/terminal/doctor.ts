import type { Bridge } from '../../preload/contract/bridge.ts';
import { type Check, hops } from '../../preload/contract/examination.ts';
import { accountName } from '../../preload/contract/settings.ts';
import { failed, rest, runtimeFinding, withNumbers } from '../core/examination.ts';
import { problemReport } from '../core/problem-report.ts';
import { askForReport } from '../services/reported-core.ts';
import type { Command, CommandContext } from './command.ts';
import { outputToFile } from './export-output.ts';
import { type ExitCode, exit, exitCodeOf } from './io.ts';
import { wrongUsage } from './listen.ts';
import { paint } from './paint.ts';

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
  const session = await context.attach();
  // What it prints is pasted into questions to others.
  const checks = withNumbers(await (session.ok ? examine(session.value.bridge, accounts) : withoutCore()));
  const reported = await report(context, session.ok ? session.value.bridge : null, checks);
  if (session.ok) await session.value.close();
  const first = checks.find(({ outcome }) => outcome === 'fail') ?? null;
  for (const check of checks) await terminal.out(options.has('json') ? jsonOf(check) : lineOf(check, terminal.color));
  if (options.has('json')) await terminal.out(JSON.stringify({ type: 'doctor', firstFailure: first?.hop ?? null }));
  else await terminal.out(conclusion(checks, first));
  if (reported !== null) terminal.say(reported.sentence);
  return reported?.written === false ? exit.failed : exitOf(first);
};

function conclusion(checks: readonly Check[], first: Check | null): string {
  if (first) return `The first that fails: ${first.hop}. ${first.fix ?? first.reason}`;
  return checks.some(({ outcome }) => outcome === 'not-tried') ? 'Nothing that was tried fails.' : 'Nothing fails.';
}

async function examine(bridge: Bridge, accounts: readonly string[]): Promise<readonly Check[]> {
  const examined = await bridge.call('app.examine', { accounts: [...accounts] });
  return examined.ok ? examined.value.checks : withoutCore(examined.error.message);
}

interface Reported {
  readonly written: boolean;
  readonly sentence: string;
}

/** Null: none was asked for. */
async function report(
  context: CommandContext,
  bridge: Bridge | null,
  checks: readonly Check[],
): Promise<Reported | null> {
  const path = context.options.text('report');
  if (path === null) return null;
  const file = await outputToFile(path, context.pid);
  if (!file.ok) return { written: false, sentence: file.error };
  const written = await file.value.write(await makeReport(context, bridge, checks));
  const finished = written.ok ? await file.value.finish() : written;
  if (finished.ok) return { written: true, sentence: `The report is in ${path}. Read it before you send it.` };
  await file.value.abandon();
  return { written: false, sentence: finished.error };
}

async function makeReport(context: CommandContext, bridge: Bridge | null, checks: readonly Check[]): Promise<string> {
  return problemReport({
    core: bridge && (await askForReport(bridge)),
    checks,
    log: await context.readLog(),
    versions: { app: context.program.version, node: process.versions.node },
    platform: `${process.platform} ${process.arch}`,
    now: context.now(),
  });
}

/** Where there is no core to be asked, the data folder is what fails. Why may name the folder, so it is not taken over. */
function withoutCore(message = 'The data folder cannot be used.'): readonly Check[] {
  const fix = 'Check that the data folder exists and may be written, or give another with --data-dir.';
  const found: readonly Check[] = [
    { hop: 'node', account: null, ...runtimeFinding(process) },
    { hop: 'data-dir', account: null, ...failed(message, fix) },
  ];
  return [...found, ...rest(found, 'A hop before it failed.')];
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
