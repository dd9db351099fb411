import { useEffect, useState } from 'react';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { useWords } from '../words/words-context.ts';
import { createAnnouncer } from './announcer.ts';

/** ms between two things said */
const pause = 3000;

/** Tells a screen reader how the app stands and how many texts came, without taking the focus. Another language: another region. */
export function LiveRegion({ snapshot }: { snapshot: Snapshot }) {
  const words = useWords();
  const { sentence } = snapshot;
  const { total } = snapshot.inbox;
  const [said, speak] = useState('');
  const [announcer] = useState(() =>
    createAnnouncer({ speak, fresh: words.list.freshTold, later, pause }, sentence, total),
  );
  useEffect(() => announcer.stop, [announcer]);
  useEffect(() => announcer.state(sentence), [announcer, sentence]);
  useEffect(() => announcer.total(total), [announcer, total]);
  return (
    <p className="unseen" role="status" aria-live="polite">
      {said}
    </p>
  );
}

function later(run: () => void, milliseconds: number): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
