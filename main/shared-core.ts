import type { PublicError } from '../preload/contract/errors.ts';
import { ok, type Result } from '../preload/contract/result.ts';
import { createClock } from './adapters/clock.ts';
import { connectToOwner } from './adapters/owner.ts';
import type { Surroundings } from './config.ts';
import { openCore, type PortChoices } from './open-core.ts';
import { createAttachedCore } from './services/attached-core.ts';
import type { Core } from './services/core.ts';
import { createOwnerSwitch, type JoinedCore } from './services/owner-switch.ts';
import type { RunRequest } from './terminal/command.ts';

/**
 * The core of the process that owns the data directory, and this process's own once there is none: a face on it stays
 * while owners change. It never takes the folder from another.
 */
export async function openSharedCore(
  surroundings: Surroundings,
  request: RunRequest,
  choices: PortChoices = {},
): Promise<Result<Core, PublicError>> {
  async function join(): Promise<Result<JoinedCore, PublicError>> {
    const link = await connectToOwner(surroundings.dataDirectory);
    const attached = link && (await createAttachedCore(link));
    if (link && attached?.ok) return ok({ core: attached.value, ended: link.closed });
    link?.close();
    const opened = await openCore(surroundings, request, choices);
    if (!opened.ok) return opened;
    const core: Core = { ...opened.value.core, stop: () => opened.value.close() };
    return ok({ core, ended: null });
  }

  const first = await join();
  if (!first.ok) return first;
  return ok(
    first.value.ended === null
      ? first.value.core
      : createOwnerSwitch({ first: first.value, join, clock: createClock() }),
  );
}
