import { ok } from '../../preload/contract/result.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { Core, Happening } from './core.ts';

/** One core after another, as one to those who listen: snapshots of all of them are numbered as one row. */
export interface Relay {
  /** What of a core asks or hears the one that is shown, whichever it is. */
  readonly face: Pick<Core, 'router' | 'snapshot' | 'settings' | 'onSnapshot' | 'onHappening'>;
  shown(): Core;
  show(core: Core): void;
  /** Tells a happening that no core does. */
  tell(happening: Happening): void;
}

/** `mark` adds to a snapshot what only the one who chooses the core knows. */
export function createRelay(first: Core, mark: (snapshot: Snapshot, of: Core) => Snapshot = (same) => same): Relay {
  let shown = first;
  /** What is added to the numbers of the core that is shown. */
  let offset = 0;
  const windows = new Set<(snapshot: Snapshot) => void>();
  const hearers = new Set<(happening: Happening) => void>();
  let endFeed = feed();

  function marked(snapshot: Snapshot): Snapshot {
    return mark({ ...snapshot, number: snapshot.number + offset }, shown);
  }

  function send(snapshot: Snapshot): void {
    const next = marked(snapshot);
    for (const window of windows) window(next);
  }

  function tell(happening: Happening): void {
    for (const hearer of hearers) hearer(happening);
  }

  function feed(): () => void {
    const ends = [shown.onSnapshot(send), shown.onHappening(tell)];
    return () => {
      for (const end of ends) end();
    };
  }

  const face: Relay['face'] = {
    router: {
      async handle(caller, name, input) {
        const answer = await shown.router.handle(caller, name, input);
        return name === 'snapshot.get' && answer.ok ? ok(face.snapshot()) : answer;
      },
    },
    snapshot: () => marked(shown.snapshot()),
    settings: () => shown.settings(),
    onSnapshot(listener) {
      windows.add(listener);
      return () => windows.delete(listener);
    },
    onHappening(listener) {
      hearers.add(listener);
      return () => hearers.delete(listener);
    },
  };

  return {
    face,
    tell,
    shown: () => shown,
    show(core) {
      const last = shown.snapshot().number + offset;
      endFeed();
      shown = core;
      offset = last + 1 - core.snapshot().number;
      endFeed = feed();
      send(core.snapshot());
    },
  };
}
