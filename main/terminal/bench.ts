import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BenchRun, BenchScript, BenchStepRun } from '../../preload/contract/bench.ts';
import { benchScript } from '../../preload/contract/bench.ts';
import { benchReport, englishReport, outcomeOf, patternWords, secondsOf } from '../../preload/contract/bench-report.ts';
import type { Bridge } from '../../preload/contract/bridge.ts';
import type { DeviceId } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Command, CommandContext } from './command.ts';
import { fileTrouble, readingInWords, writingInWords } from './export-output.ts';
import { failed } from './failing.ts';
import { type ExitCode, exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { whileListening } from './listening.ts';
import { readAccount, readDevice } from './read-options.ts';

/** Between two looks at the run (milliseconds). */
const lookEveryMs = 100;

/** `bench FILE`: commands sent to one device one after the other, each answer waited for before the next. */
export const bench: Command = async (context) => {
  const { options } = context;
  const account = readAccount(options);
  if (!account.ok) return wrongUsage(context, account.error);
  const to = readDevice(options);
  if (!to.ok) return wrongUsage(context, to.error);
  const script = readScript(context);
  if (!script.ok) return wrongUsage(context, script.error);
  const refusal = reportRefusal(options.text('report'));
  if (refusal !== null) return wrongUsage(context, refusal);
  return whileListening(context, account.value, (bridge) =>
    run(context, bridge, { account: account.value, to: to.value, script: script.value }),
  );
};

/** Why there could be no report at the end; told before anything is sent. */
function reportRefusal(path: string | null): string | null {
  if (path === null) return null;
  if (existsSync(path)) return `${path} exists already; a report never takes the place of a file.`;
  return statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()
    ? null
    : `${path} cannot be written: its folder does not exist.`;
}

function readScript({ options }: CommandContext): Result<BenchScript, string> {
  const [path] = options.positionals;
  if (path === undefined) return fail('Name the file with the steps: bench FILE.');
  const values = readValues(options.texts('value'));
  if (!values.ok) return values;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return fail(`${path} cannot be read: ${fileTrouble(error, readingInWords)}.`);
  }
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail(`${path} cannot be read as JSON: ${why}.`);
  }
  const parsed = benchScript.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail(
      `${path} is no script for the bench: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`,
    );
  }
  return ok({ ...parsed.data, values: { ...parsed.data.values, ...values.value } });
}

function readValues(given: readonly string[]): Result<Readonly<Record<string, string>>, string> {
  const pairs = given.map((one) => /^([^=]+)=(.*)$/s.exec(one));
  const wrong = given[pairs.indexOf(null)];
  if (wrong !== undefined) return fail(`--value takes NAME=VALUE, such as apn=internet, not "${wrong}".`);
  return ok(Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? ''])));
}

async function run(
  context: CommandContext,
  bridge: Bridge,
  request: { readonly account: string; readonly to: DeviceId; readonly script: BenchScript },
): Promise<ExitCode> {
  const started = await bridge.call('bench.start', request);
  if (!started.ok) return failed(context, started.error);
  const { id } = started.value;
  let stopped = false;
  void context.terminal.stopAsked.then(async () => {
    stopped = true;
    await bridge.call('bench.stop', { id });
  });
  let shown = 0;
  for (;;) {
    const runs = await bridge.call('bench.runs', { limit: 5 });
    if (!runs.ok) return failed(context, runs.error);
    const now = runs.value.runs.find((one) => one.id === id);
    if (!now) return exit.failed;
    const done = now.endedAt === null ? now.steps.findIndex(({ endedAt }) => endedAt === null) : now.steps.length;
    for (; shown < done; shown += 1) await showStep(context, now, shown);
    if (now.endedAt !== null) return end(context, now);
    context.terminal.status(waitingLine(now.steps[shown], context.now()));
    // A pause ends at once when stopping was asked for: the run is still to say that it ended.
    await (stopped ? new Promise((resolve) => setTimeout(resolve, lookEveryMs)) : context.pause(lookEveryMs));
  }
}

function waitingLine(step: BenchStepRun | undefined, now: number): string | null {
  if (!step) return null;
  const left = step.dueAt === null ? '' : `, ${Math.max(0, Math.ceil((Date.parse(step.dueAt) - now) / 1000))} s left`;
  return `${step.send ?? 'waiting for a text'}${left}`;
}

const marks: Readonly<Record<BenchStepRun['result'], string>> = {
  passed: '✓',
  failed: '✗',
  stopped: '‖',
  skipped: '–',
  waiting: '–',
  running: '–',
};

async function showStep({ terminal, options }: CommandContext, { steps }: BenchRun, index: number): Promise<void> {
  const step = steps[index];
  if (!step) return;
  const seconds = secondsOf(step);
  if (options.has('json')) {
    const { send, expect, within, result, requestId, reply, reason } = step;
    const line = { type: 'step', number: index + 1, send, expect, within, result, seconds, requestId, reply, reason };
    return terminal.out(JSON.stringify(line));
  }
  const expected = step.expect ? `  expects ${patternWords(step.expect, englishReport.any)}` : '';
  const after = seconds === null ? '' : `  ${seconds.toFixed(1)} s`;
  await terminal.out(`${marks[step.result]} ${index + 1}  ${step.send ?? '(waits)'}${expected}${after}`);
  const outcome = outcomeOf(step);
  if (outcome !== '') await terminal.out(`     ${outcome}`);
}

async function end({ terminal, options }: CommandContext, run: BenchRun): Promise<ExitCode> {
  terminal.status(null);
  const passed = run.steps.filter(({ result }) => result === 'passed').length;
  if (options.has('json')) await terminal.out(JSON.stringify({ type: 'bench', ...run }));
  else await terminal.out(`${run.name}: ${run.result}, ${passed} of ${run.steps.length} steps passed.`);
  const path = options.text('report');
  if (path !== null) {
    try {
      const isJson = path.toLowerCase().endsWith('.json');
      writeFileSync(path, isJson ? `${JSON.stringify(run, null, 2)}\n` : benchReport(run), { flag: 'wx' });
    } catch (error) {
      terminal.say(`${path} cannot be written: ${fileTrouble(error, writingInWords)}.`);
      return exit.failed;
    }
  }
  return run.result === 'passed' ? exit.done : exit.failed;
}
