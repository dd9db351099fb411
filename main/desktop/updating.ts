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
  /** Whether it can be looked for releases: there is a feed, and the person wants to know. */
  canLook(): boolean;
  /** Looks now, and goes on as `update` with what it finds. Answers a sentence when there is none, or something failed. */
  look(): Promise<string | null>;
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

  /** Answers a sentence when it could not be looked. */
  const find = async (): Promise<string | null> => {
    const channel = channelOf(core.settings());
    const found = channel && releases ? await releases.find(channel) : null;
    release = found?.ok ? found.value : null;
    if (release) onFound();
    return found && !found.ok ? found.error : null;
  };
  const keepLooking = async (): Promise<void> => {
    await find();
    clock.after(lookEveryMs, () => void keepLooking());
  };
  if (releases) clock.after(firstLookAfterMs, () => void keepLooking());

  const fetchAndInstall = async (wanted: Release): Promise<string | null> => {
    if (!releases || !(await ask(questionIn(fetchQuestion(wanted), core.say)))) return null;
    const fetched = await releases.fetch();
    if (!fetched.ok) return fetched.error;
    if (await ask(questionIn(installQuestion(wanted), core.say))) endFor(() => releases.install());
    return null;
  };

  const update = async (): Promise<string | null> => {
    if (!release || updating) return null;
    updating = true;
    try {
      return await fetchAndInstall(release);
    } finally {
      updating = false;
    }
  };

  return {
    found: () => (release && channelOf(core.settings()) ? versionName(release) : null),
    update,
    canLook: () => releases !== null && channelOf(core.settings()) !== null,
    async look() {
      const failure = await find();
      return failure ?? (release ? update() : 'There is no newer release.');
    },
  };
}
