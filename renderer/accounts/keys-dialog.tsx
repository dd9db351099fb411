import { AppDialog } from '../parts/app-dialog.tsx';
import { useWords } from '../words/words-context.ts';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  return (
    <AppDialog title={words.keysTitle} onClose={onClose}>
      <dl className="keys">
        {words.keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </AppDialog>
  );
}
