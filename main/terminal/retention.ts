import type { Bridge } from '../../preload/contract/bridge.ts';
import type { Output } from '../../preload/contract/methods.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { keptDays } from '../../preload/contract/settings.ts';
import type { Command, CommandContext } from './command.ts';
import { failed } from './failing.ts';
import { type ExitCode, exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { callAndShow, withBridge } from './oneshot.ts';

/** `retention`: how long texts are kept, shown or chosen; never chosen without a look at what would go and a yes. */
export const retention: Command = async (context) => {
  const days = readDays(context.options.text('days'));
  if (!days.ok) return wrongUsage(context, days.error);
  if (context.options.positionals.length > 0) return wrongUsage(context, 'Say how long with --days N or --days off.');
  if (days.value === null)
    return callAndShow(context, 'settings.get', {}, ({ keepDays }) => showRule(context, keepDays));
  const chosen = days.value;
  return withBridge(context, (bridge) =>
    chosen === 'off' ? choose(context, bridge, null) : chooseDays(context, bridge, chosen),
  );
};

function readDays(text: string | null): Result<number | 'off' | null, string> {
  if (text === null || text === 'off') return ok(text);
  const days = keptDays.safeParse(/^\d+$/.test(text) ? Number(text) : text);
  return days.success
    ? ok(days.data)
    : fail(`--days takes "off" or a whole number from 1 to ${keptDays.maxValue}, not "${text}".`);
}

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days.toLocaleString('en-US')} days`;
}

async function showRule({ terminal, options }: CommandContext, keepDays: number | null): Promise<ExitCode> {
  if (options.has('json')) await terminal.out(JSON.stringify({ type: 'retention', keepDays }));
  else
    await terminal.out(
      keepDays === null ? 'Texts are kept for ever.' : `Texts are deleted ${inDays(keepDays)} after they came.`,
    );
  return exit.done;
}

async function choose(context: CommandContext, bridge: Bridge, keepDays: number | null): Promise<ExitCode> {
  const changed = await bridge.call('settings.change', { keepDays });
  return changed.ok ? showRule(context, changed.value.keepDays) : failed(context, changed.error);
}

async function chooseDays(context: CommandContext, bridge: Bridge, days: number): Promise<ExitCode> {
  const { terminal, options } = context;
  const preview = await bridge.call('retention.preview', { days });
  if (!preview.ok) return failed(context, preview.error);
  if (options.has('json')) await terminal.out(JSON.stringify({ type: 'retention-preview', days, ...preview.value }));
  else await terminal.out(inWords(days, preview.value));
  if (options.has('yes')) return choose(context, bridge, days);
  const { texts } = preview.value;
  const what = texts === 0 ? `delete each text ${inDays(days)} after it came` : 'delete them, now and from now on';
  if (!terminal.isTerminal) {
    terminal.say(`Nothing was changed. Say --yes to ${what}.`);
    // A look that finds nothing to delete needs no answer.
    return texts === 0 ? exit.done : exit.usage;
  }
  const answer = await terminal.ask(`Type yes to ${what}: `, false);
  if (answer?.trim().toLowerCase() === 'yes') return choose(context, bridge, days);
  terminal.say('Nothing was changed.');
  return exit.done;
}

function inWords(days: number, { texts, oldest, newest }: Output<'retention.preview'>): string {
  if (texts === 0) return `No text is older than ${inDays(days)}.`;
  const count = texts === 1 ? '1 text is' : `${texts.toLocaleString('en-US')} texts are`;
  return `${count} older than ${inDays(days)}, received from ${oldest ?? ''} to ${newest ?? ''}. Deleted texts cannot be had again.`;
}
