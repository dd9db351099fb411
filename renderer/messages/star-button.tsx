import { Star } from 'lucide-react';
import { useRef, useState } from 'react';
import { useKeys } from '../parts/use-keys.ts';
import { useWords } from '../words/words-context.ts';

interface StarProps {
  readonly starred: boolean;
  /** Resolves once `starred` is what came of it. */
  readonly onStar: (starred: boolean) => Promise<void>;
}

/** Stars the opened text, or takes its star away; by its key too. It shows what was asked for until the core answers. */
export function StarButton({ starred, onStar }: StarProps) {
  const words = useWords();
  const [asked, setAsked] = useState<boolean | null>(null);
  const presses = useRef(0);
  const shown = asked ?? starred;
  const label = shown ? words.list.unstar : words.list.star;
  async function toggle(): Promise<void> {
    presses.current += 1;
    const press = presses.current;
    setAsked(!shown);
    await onStar(!shown);
    if (press === presses.current) setAsked(null);
  }
  useKeys((event) => {
    if (event.key !== 's') return false;
    void toggle();
    return true;
  });
  return (
    <button
      type="button"
      className="icon-button star-button"
      aria-pressed={shown}
      aria-label={words.list.star}
      title={`${label} (s)`}
      onClick={() => void toggle()}
    >
      <Star size={16} fill={shown ? 'currentColor' : 'none'} aria-hidden />
    </button>
  );
}
