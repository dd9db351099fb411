import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import type { Bridge } from '../../preload/contract/bridge.ts';
import { ok } from '../../preload/contract/result.ts';
import { type ExportFormat, exportFormats } from '../core/export-row.ts';
import { withFixedTimes } from '../core/query-time.ts';
import { createExportChain, type ExportTarget, textsOldestFirst } from '../services/export-texts.ts';
import type { Command, CommandContext } from './command.ts';
import { outputToFile, outputToTerminal } from './export-output.ts';
import { type ExitCode, exit, tellFailure } from './io.ts';
import { wrongUsage } from './listen.ts';
import { withBridge } from './oneshot.ts';

const refreshEvery = 50;
/**
 * Rows live for a moment. Left alone, V8 lets those that it takes for old pile up until the heap has doubled: now until
 * it has grown by a fifth.
 */
const thriftyHeap = '--heap-growing-percent=20';

/** `export`: the texts that match, oldest first, page by page so that any number fits. */
export const exportTexts: Command = async (context) => {
  const { options } = context;
  const name = options.text('format') ?? 'ndjson';
  if (name !== 'ndjson' && name !== 'csv') return wrongUsage(context, `--format is ndjson or csv, not "${name}".`);
  const path = pathOf(context);
  setFlagsFromString(thriftyHeap);
  return withBridge(context, async (bridge) => {
    const output = path === null ? ok(outputToTerminal(context.terminal)) : await outputToFile(path, context.pid);
    if (!output.ok) return failed(context, output.error);
    let finished = false;
    try {
      const code = await writeAll(context, bridge, exportFormats[name], output.value);
      finished = code === exit.done;
      return code;
    } finally {
      context.terminal.status(null);
      if (!finished) await output.value.abandon();
    }
  });
};

/** Null: standard output. */
function pathOf({ options }: CommandContext): string | null {
  const path = options.text('output');
  return path === '-' ? null : path;
}

function failed({ terminal }: CommandContext, sentence: string): ExitCode {
  terminal.say(sentence);
  return exit.failed;
}

async function writeAll(
  context: CommandContext,
  bridge: Bridge,
  format: ExportFormat,
  output: ExportTarget,
): Promise<ExitCode> {
  const { terminal } = context;
  const stopped = watchForStop(context);
  const chain = createExportChain(format, sha256);
  let text = chain.start;
  let pages = 0;
  for await (const page of textsOldestFirst(bridge, queryOf(context))) {
    if (!page.ok) return tellFailure(terminal, page.error);
    if (stopped()) return failed(context, 'Stopped. The export is not complete.');
    for (const message of page.value) text += chain.add(message);
    const written = await output.write(text);
    if (!written.ok) return failed(context, written.error);
    text = '';
    pages += 1;
    if (pages % refreshEvery === 0) terminal.status(`${chain.count()} texts exported`);
  }
  const ended = await output.write(`${text}${chain.end()}`);
  const finished = ended.ok ? await output.finish() : ended;
  if (!finished.ok) return failed(context, finished.error);
  if (pathOf(context) !== null)
    terminal.say(
      `${chain.count()} ${chain.count() === 1 ? 'text' : 'texts'} exported. Hash of the last: ${chain.hash()}`,
    );
  return exit.done;
}

function watchForStop({ terminal }: CommandContext): () => boolean {
  let stopped = false;
  void terminal.stopAsked.then(() => {
    stopped = true;
  });
  return () => stopped;
}

/** "2h" means the same on the last page as on the first. */
function queryOf(context: CommandContext): string {
  return withFixedTimes(context.options.text('query') ?? '', context.now());
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
