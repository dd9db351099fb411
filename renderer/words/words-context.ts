import { createContext, useContext } from 'react';
import type { Words } from './words.ts';

export const WordsContext = createContext<Words | null>(null);

/** Every word of the window in the language that is chosen now. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('There are no words above this part.');
  return words;
}
