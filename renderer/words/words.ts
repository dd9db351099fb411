import type { Settings } from '../../preload/contract/settings.ts';
import { englishWords } from './english/catalogue.ts';
import { createFormats, type Formats } from './formats.ts';
import { spanishWords } from './spanish/catalogue.ts';

/** Every word of the window in one language; English says which there are, and another that lacks one does not compile. */
export type Words = ReturnType<typeof englishWords> & { readonly formats: Formats };

const catalogues: Readonly<
  Record<Exclude<Settings['language'], 'system'>, (formats: Formats) => Omit<Words, 'formats'>>
> = { en: englishWords, es: spanishWords };

type Language = keyof typeof catalogues;

function languageOf(locale: string): Language | null {
  const language = locale.toLowerCase().split('-')[0];
  return language === 'en' || language === 'es' ? language : null;
}

/**
 * The locale that the window speaks. `preferred` are the person's, best first: what they chose is spoken as their region
 * speaks it, and `system` is the first of them that there are words for.
 */
export function localeFor(choice: Settings['language'], preferred: readonly string[]): string {
  if (choice === 'system') return preferred.find((locale) => languageOf(locale) !== null) ?? 'en';
  return preferred.find((locale) => languageOf(locale) === choice) ?? choice;
}

/** `locale`: BCP 47; English where there are no words for it. */
export function wordsFor(locale: string): Words {
  const language = languageOf(locale);
  const formats = createFormats(language === null ? 'en' : locale);
  return { ...catalogues[language ?? 'en'](formats), formats };
}
