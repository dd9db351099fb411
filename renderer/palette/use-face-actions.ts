import { useEffect } from 'react';
import { useBridge } from '../parts/bridge-context.ts';
import { downloadText } from '../parts/download.ts';
import { useAsk } from '../parts/use-ask.ts';
import type { OfferedAction } from './offered-actions.ts';

/** What the face around the window does itself, as it stands now; nothing until it has told. */
export function useFaceActions(): readonly OfferedAction[] {
  const bridge = useBridge();
  const [told, ask] = useAsk('face.actions');
  useEffect(() => void ask({}), [ask]);
  if (told.kind !== 'done') return [];
  return told.value.actions.map(({ id, title }) => ({
    id: `face ${id}`,
    title,
    run: async () => {
      const done = await bridge.call('face.do', { id });
      if (!done.ok) return { failure: done.error };
      if (done.value.file) downloadText(done.value.file);
      return done.value.sentence ?? undefined;
    },
  }));
}
