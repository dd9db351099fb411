import {
  channelOf,
  fetchQuestion,
  firstLookAfterMs,
  installQuestion,
  lookEveryMs,
  type Release,
  versionName,
} from '../core/updates.ts';
import type { DesktopPorts } from './ports.ts';
import { ask, questionIn } from './questions.ts';

export interface Updates {
  /** The release that can be had, or null. */
  found(): string | null;
  /** Asks, fetches, asks again, installs. Answers a sentence when something failed. */
  update(): Promise<string | null>;
}

type Ports = Pick<DesktopPorts, 'clock' | 'core' | 'releases'>;

interface Hooks {
  readonly onFound: () => void;
  /** Ends the core, then does what ends the app. */
  readonly endFor: (last: () => void) => void;
}

/** Looks for releases now and then, unless the person wants none or this build has no feed. A failed look is no news. */
export function watchForUpdates({ clock, core, releases }: Ports, { onFound, endFor }: Hooks): Updates {
  let release: Release | null = null;
  let updating = false;

  const look = async (): Promise<void> => {
    const channel = channelOf(core.settings());
    const found = channel && releases ? await releases.find(channel) : null;
    release = found?.ok ? found.value : null;
    if (release) onFound();
    clock.after(lookEveryMs, () => void look());
  };
  if (releases) clock.after(firstLookAfterMs, () => void look());

  const fetchAndInstall = async (wanted: Release): Promise<string | null> => {
    if (!releases || !(await ask(questionIn(fetchQuestion(wanted), core.say)))) return null;
    const fetched = await releases.fetch();
    if (!fetched.ok) return fetched.error;
    if (await ask(questionIn(installQuestion(wanted), core.say))) endFor(() => releases.install());
    return null;
  };

  return {
    found: () => (release && channelOf(core.settings()) ? versionName(release) : null),
    async update() {
      if (!release || updating) return null;
      updating = true;
      try {
        return await fetchAndInstall(release);
      } finally {
        updating = false;
      }
    },
  };
}
