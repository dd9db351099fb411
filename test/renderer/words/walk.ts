/** What a catalogue says, leaf by leaf: `list.total(1)` and its words. */
export type Said = ReadonlyMap<string, string>;

/** Counts that fall into different plural categories; of three digits at most, so that no language groups them. */
const counts = [1, 2, 701];

/** Every sentence of a catalogue. Functions are asked with numbers, which each must give back somewhere in what it says. */
export function sentencesOf(catalogue: unknown, path = ''): Said {
  if (typeof catalogue === 'string') return new Map([[path, catalogue]]);
  if (typeof catalogue === 'function')
    return merged(
      counts.map((count) => {
        const given = Array.from({ length: catalogue.length }, (_, place) => count + place);
        const answer: unknown = Reflect.apply(catalogue, undefined, given);
        return sentencesOf(answer, `${path}(${given.join()})`);
      }),
    );
  if (typeof catalogue === 'object' && catalogue !== null)
    return merged(
      Object.entries(catalogue).map(([key, value]) => sentencesOf(value, path === '' ? key : `${path}.${key}`)),
    );
  throw new Error(`${path} is no part of a catalogue: ${String(catalogue)}`);
}

/** The numbers that stand in a sentence, in any order. */
export function numbersIn(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\d+/g)].map(([number]) => number).toSorted();
}

function merged(all: readonly Said[]): Said {
  return new Map(all.flatMap((one) => [...one]));
}
