import { AppDialog } from '../parts/app-dialog.tsx';
import { words } from '../words.ts';

export function KeysDialog({ onClose }: { onClose: () => void }) {
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
