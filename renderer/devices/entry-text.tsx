import { LinkedText } from '../messages/linked-text.tsx';
import { useWords } from '../words/words-context.ts';

/** More of a text than one reads in a conversation; the whole is a click away. */
const shownCharacters = 2000;

/** What was said, as text only. */
export function EntryText({ text }: { text: string }) {
  const words = useWords();
  if (text === '') return <p className="entry-text hint">{words.detail.empty}</p>;
  return (
    <p className="entry-text">
      <LinkedText text={text.slice(0, shownCharacters)} />
      {text.length > shownCharacters ? '…' : ''}
    </p>
  );
}
