import type { PublicError } from '../../preload/contract/errors.ts';
import { methods } from '../../preload/contract/methods.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Clock } from '../core/ports.ts';
import type { Core } from './core.ts';
import { createRelay } from './relay.ts';

/** A core, and when it comes to its end by itself; null: never. */
export interface JoinedCore {
  readonly core: Core;
  readonly ended: Promise<unknown> | null;
}

export interface OwnerSwitchDeps {
  readonly first: JoinedCore;
  /** The core of whoever owns the data directory now; this process's own where nobody does. */
  readonly join: () => Promise<Result<JoinedCore, PublicError>>;
  readonly clock: Clock;
}

/** While the folder is just changing hands, it is asked for again after so long (milliseconds). */
const askAgainMs = 500;
const pageSize = 500;

/**
 * A core for faces that outlives the process which it belongs to: when that ends, the next owner's takes its place, or
 * this process's own. Each text is told once, also those that were stored in between.
 */
export function createOwnerSwitch({ first, join, clock }: OwnerSwitchDeps): Core {
  const relay = createRelay(first.core);
  let started = false;
  let stopped = false;
  let cancelRetry = (): void => {};
  /** Sequence of the newest text that was told, or was there at the start. */
  let told = first.core.snapshot().inbox.newest;
  relay.face.onHappening((happening) => {
    if (happening.type === 'message') told = Math.max(told, happening.message.sequence);
  });

  function follow({ ended }: JoinedCore): void {
    void ended?.then(change);
  }

  async function change(): Promise<void> {
    if (stopped) return;
    const joined = await join();
    // Stopping may have been asked for meanwhile.
    if (isStopped()) return joined.ok ? joined.value.core.stop() : undefined;
    if (!joined.ok) {
      cancelRetry = clock.after(askAgainMs, () => void change());
      return;
    }
    await tellMissed(joined.value.core);
    relay.show(joined.value.core);
    if (started) joined.value.core.start();
    follow(joined.value);
  }

  function isStopped(): boolean {
    return stopped;
  }

  /** What the owner before stored after it had parted with this process. */
  async function tellMissed(core: Core): Promise<void> {
    for (;;) {
      const input = { after: told, limit: pageSize };
      const page = await core.router.handle('window', 'inbox.page', input);
      const found = methods['inbox.page'].output.safeParse(page.ok ? page.value : null);
      const rows = found.data?.messages ?? [];
      for (const message of rows.toReversed()) relay.tell({ type: 'message', message });
      if (rows.length === 0) return;
    }
  }

  follow(first);
  return {
    ...relay.face,
    woke: () => relay.shown().woke(),
    start() {
      started = true;
      relay.shown().start();
    },
    async stop() {
      stopped = true;
      cancelRetry();
      await relay.shown().stop();
    },
  };
}
