import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { ForwardFormat } from '../../preload/contract/forward.ts';
import type { Result } from '../../preload/contract/result.ts';
import { withFixedTimes } from '../core/query-time.ts';
import { textsOldestFirst } from '../services/export-texts.ts';
import type { Command, CommandContext } from './command.ts';
import { failed } from './failing.ts';
import { type ExitCode, exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { withBridge } from './oneshot.ts';
import { readForwardFormat, targetRefusal } from './read-forward.ts';

/** `replay`: one text or those that match, oldest first, marked as a replay. */
export const replay: Command = async (context) => {
  const { options } = context;
  const [id, ...others] = options.positionals;
  const query = options.text('query');
  if (others.length > 0 || (id === undefined) === (query === null))
    return wrongUsage(context, 'Say which: replay ID, or replay --query Q.');
  const format = readForwardFormat(options);
  if (!format.ok) return wrongUsage(context, format.error);
  const to = options.text('to');
  const anywhere = options.has('forward-anywhere');
  const refusal = to === null ? null : await targetRefusal(to, anywhere);
  if (refusal !== null) return wrongUsage(context, refusal);
  const how: How = { to, anywhere, text: options.text('text'), format: format.value };
  return withBridge(context, async (bridge) => {
    if (id !== undefined) return one(context, bridge, id, how);
    const fixed = withFixedTimes(query ?? '', context.now());
    return range(context, bridge, fixed, how);
  });
};

interface How {
  readonly to: string | null;
  readonly text: string | null;
  readonly format: ForwardFormat;
  readonly anywhere: boolean;
}

async function one(context: CommandContext, bridge: Bridge, id: string, how: How): Promise<ExitCode> {
  const { terminal, options } = context;
  const sent: Result<{ readonly url: string; readonly status: number }, PublicError> = await bridge.call(
    'forward.replay',
    { id, ...how },
  );
  if (!sent.ok) return failed(context, sent.error);
  const { url, status } = sent.value;
  await terminal.out(
    options.has('json') ? JSON.stringify({ type: 'replayed', id, url, status }) : `${id}  ${status}  ${url}`,
  );
  return exit.done;
}

/** The first that fails ends it: what comes after it would come out of order. */
async function range(context: CommandContext, bridge: Bridge, query: string, how: How): Promise<ExitCode> {
  let stopped = false;
  void context.terminal.stopAsked.then(() => {
    stopped = true;
  });
  for await (const page of textsOldestFirst(bridge, query)) {
    if (!page.ok) return failed(context, page.error);
    for (const { id } of page.value) {
      const code = stopped ? exit.failed : await one(context, bridge, id, how);
      if (code !== exit.done) return code;
    }
  }
  return exit.done;
}
