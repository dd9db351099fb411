/*
 * What counts as a word, for the index and for looking at one message: both use this one definition, so that a search
 * in the database and a live filter can never disagree.
 */

const plain = /^[\x20-\x7e\s]*$/;
const plainWord = /[a-z0-9]+/g;
const marks = /\p{M}+/gu;
/* Scripts written without spaces, and pictographs, are cut into single characters: a run of them is then a phrase. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Extended_Pictographic}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Extended_Pictographic}])[\p{L}\p{N}])+/gu;

/** The words of a text in order: without case, accents and punctuation. */
export function wordsOf(text: string): readonly string[] {
  if (plain.test(text)) return text.toLowerCase().match(plainWord) ?? [];
  const folded = text.normalize('NFKD').toLowerCase().replace(marks, '').replaceAll('ς', 'σ');
  return folded.match(word) ?? [];
}

/** Whether `wanted` stands in `words`, one after the other; with `prefix` the last one only has to begin so. */
export function containsWords(words: readonly string[], wanted: readonly string[], prefix: boolean): boolean {
  const last = wanted.length - 1;
  return words.some((_, start) =>
    wanted.every((each, index) => {
      const found = words[start + index];
      if (found === undefined) return false;
      return prefix && index === last ? found.startsWith(each) : found === each;
    }),
  );
}
