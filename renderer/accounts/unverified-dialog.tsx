import { useEffect } from 'react';
import { AppDialog } from '../parts/app-dialog.tsx';
import { Failure } from '../parts/failure.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { fullTime } from '../parts/time.ts';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';

/** What reached the listener and is not trusted, newest first. */
export function UnverifiedDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const [asked, ask] = useAsk('unverified.page');
  useEffect(() => void ask({ limit: 100 }), [ask]);
  return (
    <AppDialog title={words.unverified.title} onClose={onClose}>
      <p>{words.unverified.body}</p>
      {asked.kind === 'failed' ? <Failure error={asked.error} /> : null}
      {asked.kind === 'done' && asked.value.items.length === 0 ? <p>{words.unverified.none}</p> : null}
      <ul className="unverified">
        {asked.kind === 'done'
          ? asked.value.items.map((item) => (
              <li key={item.id}>
                <p>
                  <span className="figures">{fullTime(item.receivedAt, words.formats)}</span> {item.account}
                </p>
                <p>{item.reason}</p>
                <pre tabIndex={0} aria-label={item.reason}>
                  <MarkedText lines text={item.body} />
                </pre>
              </li>
            ))
          : null}
      </ul>
    </AppDialog>
  );
}
