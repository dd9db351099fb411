import type { Message } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ReplyPattern } from '../../preload/contract/sends.ts';
import type { TextPatterns } from './ports.ts';
import { matches, parseQuery } from './query.ts';
import type { QueryClock } from './query-time.ts';

/** Whether a text is the answer that is waited for. */
export type IsReply = (message: Message) => boolean;

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** A pattern made ready, or a sentence that says what is wrong with it. */
export function readPattern(
  { kind, value }: ReplyPattern,
  patterns: TextPatterns,
  clock: QueryClock,
): Result<IsReply, string> {
  switch (kind) {
    case 'any':
      return ok(() => true);
    case 'text': {
      const part = folded(value);
      return ok((message) => folded(message.text).includes(part));
    }
    case 'search': {
      const query = parseQuery(value, clock);
      return query.length === 0
        ? fail(`"${value}" holds no word to look for.`)
        : ok((message) => matches(query, message));
    }
    case 'regex': {
      const compiled = patterns.compile(value);
      return compiled.ok ? ok((message) => compiled.value(message.text)) : compiled;
    }
  }
}
