import type { Light as LightName, WayIn } from '../../preload/contract/snapshot.ts';
import { Light } from '../parts/light.tsx';
import { useWords } from '../words/words-context.ts';

const lights: Readonly<Record<WayIn['state'], LightName>> = {
  closed: 'off',
  opening: 'starting',
  none: 'off',
  open: 'starting',
  proved: 'live',
  failed: 'degraded',
};

/** How the way in stands now, in the core's words. */
export function WayInState({ wayIn }: { wayIn: WayIn }) {
  const words = useWords().tunnel;
  return (
    <p className="way-in-state" role="status">
      <Light light={lights[wayIn.state]} silent />
      <span>
        <b>{words.state}:</b> {wayIn.sentence}
      </span>
    </p>
  );
}
