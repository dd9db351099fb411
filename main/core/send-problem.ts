import type { Expectation } from '../../preload/contract/sends.ts';
import type { SmsMeasure } from '../../preload/contract/sms-text.ts';
import { visible } from './plain-text.ts';
import type { TextPatterns } from './ports.ts';
import type { QueryClock } from './query-time.ts';
import { readPattern } from './reply-pattern.ts';

/** Why a text cannot be sent as one SMS, or its answer not be waited for, as far as it can be told before; null when nothing speaks against it. */
export function sendProblem(
  { text, expect }: { readonly text: string; readonly expect: Expectation | null },
  measure: SmsMeasure,
  patterns: TextPatterns,
  clock: QueryClock,
): string | null {
  return textProblem(text, measure) ?? patternProblem(expect, patterns, clock);
}

function textProblem(text: string, { encoding, used, limit, outside }: SmsMeasure): string | null {
  if (text === '') return 'The text is empty. Write something to send.';
  if (outside !== null)
    return `${encoding} does not hold the character "${visible(outside)}". Take it out, or choose another encoding.`;
  if (used <= limit) return null;
  const unit = encoding === '7-bit' ? 'places of seven bits' : 'bytes';
  return `The text takes ${used} ${unit} in ${encoding}, and one SMS holds ${limit}. Shorten it.`;
}

function patternProblem(expect: Expectation | null, patterns: TextPatterns, clock: QueryClock): string | null {
  if (expect === null) return null;
  const read = readPattern(expect.pattern, patterns, clock);
  return read.ok ? null : read.error;
}
