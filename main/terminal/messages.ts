import type { Message } from '../../preload/contract/message.ts';
import { shortCode } from '../../preload/contract/short-code.ts';
import { plainText } from '../core/plain-text.ts';
import type { Command, CommandContext } from './command.ts';
import { failed } from './failing.ts';
import { exit } from './io.ts';
import { messageJson } from './json-lines.ts';
import { wrongUsage } from './listen.ts';
import { withBridge } from './oneshot.ts';
import { messageLine, usualAccountWidth } from './paint.ts';
import { readNumber } from './read-options.ts';

const pageSize = 500;

/** `messages`: the store, newest first, page by page so that any number fits. */
export const messages: Command = async (context) => {
  const limit = readNumber(context.options, 'limit', { min: 0, whole: true }, 100);
  if (!limit.ok) return wrongUsage(context, limit.error);
  const query = context.options.text('query') ?? '';
  return withBridge(context, async (bridge) => {
    let left = limit.value === 0 ? Number.MAX_SAFE_INTEGER : limit.value;
    let before: number | null = null;
    let found = false;
    while (left > 0) {
      const page = await bridge.call('inbox.page', { query, before, limit: Math.min(left, pageSize) });
      if (!page.ok) return failed(context, page.error);
      const rows: readonly Message[] = page.value.messages;
      for (const row of rows) await showMessage(context, row);
      found ||= rows.length > 0;
      left -= rows.length;
      before = rows.at(-1)?.sequence ?? null;
      if (before === null) break;
    }
    if (!found) context.terminal.say(noneFound(query));
    return exit.done;
  });
};

function noneFound(query: string): string {
  return query === ''
    ? `No text is stored yet. Devices text the number ${shortCode}; to get what they text: thingspace-sms listen --account NAME`
    : `No stored text matches: ${plainText(query, 64)}`;
}

export function showMessage(context: CommandContext, message: Message): Promise<void> {
  const { terminal, options } = context;
  if (options.has('json')) return terminal.out(messageJson(message));
  return terminal.out(
    messageLine(message, {
      columns: terminal.columns(),
      color: terminal.color,
      accountWidth: usualAccountWidth,
      now: new Date(context.now()),
    }),
  );
}
