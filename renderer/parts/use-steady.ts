import { useState } from 'react';

/** The same array as long as the same words are in it: snapshots bring every one anew. */
export function useSteady(words: readonly string[]): readonly string[] {
  const [steady, setSteady] = useState(words);
  if (steady.length === words.length && steady.every((word, index) => word === words[index])) return steady;
  setSteady(words);
  return words;
}
