import type { Light as LightName } from '../../preload/contract/snapshot.ts';
import { useWords } from '../words/words-context.ts';

/** The state as a shape; its colour only repeats what the shape says. */
export function Light({ light, size = 14, silent = false }: { light: LightName; size?: number; silent?: boolean }) {
  const words = useWords();
  const label = silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': words.light[light] };
  return (
    <svg className="light" data-light={light} width={size} height={size} viewBox="0 0 14 14" {...label}>
      <Shape light={light} />
    </svg>
  );
}

function Shape({ light }: { light: LightName }) {
  switch (light) {
    case 'off':
      return <circle className="stroke" cx="7" cy="7" r="4.75" />;
    case 'starting':
      return (
        <>
          <circle className="stroke" cx="7" cy="7" r="4.75" />
          <path className="fill" d="M7 2.25A4.75 4.75 0 0 1 11.75 7H7Z" />
        </>
      );
    case 'live':
      return <circle className="fill" cx="7" cy="7" r="5.5" />;
    case 'catching-up':
      return (
        <>
          <circle className="stroke" cx="7" cy="7" r="4.75" />
          <path className="fill" d="M7 2.25a4.75 4.75 0 0 1 0 9.5Z" />
        </>
      );
    case 'degraded':
      return <path className="fill" d="M7 1.5 13 12.5H1Z" />;
    case 'needs-you':
      return <rect className="fill" x="2" y="2" width="10" height="10" />;
    case 'paused':
      return <path className="fill" d="M3 2h3v10H3zM8 2h3v10H8z" />;
  }
}
