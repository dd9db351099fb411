import { Star } from 'lucide-react';
import type { Message } from '../../preload/contract/message.ts';
import { useBridge } from '../parts/bridge-context.ts';
import { useKeys } from '../parts/use-keys.ts';
import { useWords } from '../words/words-context.ts';

/** Stars the opened text, or takes its star away; by its key too. */
export function StarButton({ message }: { message: Message }) {
  const words = useWords();
  const bridge = useBridge();
  const starred = message.starred === true;
  const label = starred ? words.list.unstar : words.list.star;
  const toggle = (): void => void bridge.call('inbox.star', { ids: [message.id], starred: !starred });
  useKeys((event) => {
    if (event.key !== 's') return false;
    toggle();
    return true;
  });
  return (
    <button
      type="button"
      className="icon-button star-button"
      aria-pressed={starred}
      aria-label={words.list.star}
      title={`${label} (s)`}
      onClick={toggle}
    >
      <Star size={16} fill={starred ? 'currentColor' : 'none'} aria-hidden />
    </button>
  );
}
