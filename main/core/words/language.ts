import type { Settings } from '../../../preload/contract/settings.ts';
import { createSay, type Say } from './say.ts';
import { spanish } from './spanish/book.ts';
import { windowEnglish } from './window-english.ts';

/** A `Say` for what the person chose; `preferred` are the locales of their system or browser, the best first. */
export type Languages = (choice: Settings['language'], preferred: readonly string[]) => Say;

/** Keeps what was made for a locale: a `Say` remembers what it said. */
export function createLanguages(): Languages {
  const spoken = new Map<string, Say>();
  const english = createSay(windowEnglish, 'en-US');
  return (choice, preferred) => {
    const locale = localeFor(choice, preferred);
    if (locale === null) return english;
    const say = spoken.get(locale) ?? createSay(spanish, locale);
    spoken.set(locale, say);
    return say;
  };
}

/** The Spanish of the person's region, or null for English. The window chooses its own words in the same way. */
function localeFor(choice: Settings['language'], preferred: readonly string[]): string | null {
  const known = preferred.filter((locale) => /^(?:en|es)(?:-|$)/i.test(locale));
  if (choice === 'en' || (choice === 'system' && !isSpanish(known[0]))) return null;
  return known.find(isSpanish) ?? 'es';
}

function isSpanish(locale: string | undefined): boolean {
  return locale !== undefined && /^es(?:-|$)/i.test(locale);
}
