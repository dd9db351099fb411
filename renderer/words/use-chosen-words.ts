import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Settings } from '../../preload/contract/settings.ts';
import { localeFor, type Words, wordsFor } from './words.ts';

/** The words of the chosen language, anew as soon as the choice or the browser's languages change; the page says which. */
export function useChosenWords(choice: Settings['language']): Words {
  const preferred = useSyncExternalStore(onLanguageChange, preferredLanguages);
  const words = useMemo(() => wordsFor(localeFor(choice, preferred.split(','))), [choice, preferred]);
  useEffect(() => {
    document.documentElement.lang = words.formats.locale;
  }, [words]);
  return words;
}

function preferredLanguages(): string {
  return navigator.languages.join();
}

function onLanguageChange(changed: () => void): () => void {
  addEventListener('languagechange', changed);
  return () => removeEventListener('languagechange', changed);
}
