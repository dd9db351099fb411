import { RE2JS } from 're2js';
import { fail, ok } from '../../preload/contract/result.ts';
import type { TextPatterns } from '../core/ports.ts';

/**
 * Instructions that a compiled pattern may have, and characters of a text that are looked at: RE2's time is at most
 * their product, which is some ten milliseconds.
 */
const mostInstructions = 2000;
const longestText = 4096;

/**
 * Regular expressions whose time grows with the text's length alone, whatever they are (RE2's syntax: no look-around, no
 * back references). JavaScript's own can take for ever, and these look at what strangers send.
 */
export function createTextPatterns(): TextPatterns {
  return {
    compile(pattern) {
      try {
        const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
        if (compiled.programSize() > mostInstructions)
          return fail(`The expression ${pattern} is too large: use fewer and smaller counts in braces.`);
        return ok((text) => compiled.matcher(text.slice(0, longestText)).find());
      } catch (error) {
        return fail(`The regular expression cannot be used: ${why(error, pattern)}.`);
      }
    },
  };
}

/** In the words of RE2, with the pattern as it was written: the flag for any case is set before it. */
function why(error: unknown, pattern: string): string {
  if (!(error instanceof Error)) return 'it cannot be read';
  return error.message.replace(/^error parsing regexp: /, '').replace(`(?i)${pattern}`, () => pattern);
}
