import { setTimeout as pause } from 'node:timers/promises';
import type { PublicError } from '../preload/contract/errors.ts';
import { fail, ok, type Result } from '../preload/contract/result.ts';
import type { Problem } from '../preload/contract/snapshot.ts';
import {
  claimDataDir,
  connectToOwner,
  type OwnedElsewhere,
  type OwnerConnection,
  type Ownership,
  serveOwnerSocket,
} from './adapters/owner.ts';
import { type App, createApp } from './app.ts';
import type { Surroundings } from './config.ts';
import { openRealPorts, type RealPorts, type RealPortsOptions } from './real-ports.ts';
import type { Core } from './services/core.ts';
import { directBridge } from './services/direct-bridge.ts';
import type { RunRequest, Session } from './terminal/command.ts';
import { appVersion } from './version.ts';

export interface OpenCore {
  readonly core: Core;
  readonly ports: RealPorts;
  close(): Promise<void>;
}

/** What one run changes of the real ports: the desktop's own settings backend, and where a bundler put things. */
export type PortChoices = Partial<Pick<RealPortsOptions, 'settingsBackend' | 'storeWorker' | 'keychainHelper'>>;

/** Takes the data directory, opens everything in it, and lets other processes of the user call. */
export async function openCore(
  surroundings: Surroundings,
  request: RunRequest,
  choices: PortChoices = {},
): Promise<Result<OpenCore, PublicError>> {
  const claimed = await claimPatiently(surroundings.dataDirectory);
  if (!claimed.ok) {
    const { message } = claimed.error;
    return fail({ code: cannotBeUsed(claimed.error) ? 'storage-failed' : 'owner-busy', message, service: null });
  }
  const opened = await openAlone(surroundings, request, choices);
  if (!opened.ok) {
    claimed.value.release();
    return opened;
  }
  const { core, ports } = opened.value;
  const socket = await serveOwnerSocket({
    directory: surroundings.dataDirectory,
    handle: (name, input) => core.router.handle('terminal', name, input),
    onHappening: (listener) => core.onHappening(listener),
    onSnapshot: (listener) => core.onSnapshot(listener),
  });
  if (!socket.ok) ports.log.write('warn', 'owner-socket-failed', { message: socket.error });
  return ok({
    core,
    ports,
    async close() {
      if (socket.ok) await socket.value.close();
      await core.stop();
      await ports.close();
      claimed.value.release();
    },
  });
}

/** A command that asks once may have the folder for a moment: so long it is waited for (milliseconds). */
const claimPatienceMs = 10_000;

async function claimPatiently(directory: string): Promise<ReturnType<typeof claimDataDir>> {
  for (let waited = 0; ; waited += askAgainMs) {
    const claimed = claimDataDir(directory);
    if (claimed.ok || !claimed.error.isPassing || waited >= claimPatienceMs) return claimed;
    await pause(askAgainMs);
  }
}

async function openAlone(
  surroundings: Surroundings,
  request: RunRequest,
  choices: PortChoices,
): Promise<Result<{ readonly core: App; readonly ports: RealPorts }, PublicError>> {
  const { dataDirectory, apiBase, tunnels, proxies } = surroundings;
  const ports = await openRealPorts({ dataDirectory, apiBase, tunnels, proxies, settingsBackend: 'file', ...choices });
  if (!ports.ok) return ports;
  const { port, publicUrl, tunnel, wishes, forward } = request;
  const core = createApp(ports.value, {
    appVersion: appVersion(),
    simulated: surroundings.apiIsLoopback,
    run: wishes,
    environmentCredentials: surroundings.environmentCredentials,
    wayIn: {
      ...(port === null ? {} : { port }),
      ...(publicUrl === null ? {} : { publicUrl }),
      ...(tunnel === null ? {} : { tunnel }),
    },
    loopbackAllowed: surroundings.apiIsLoopback,
    hostName: surroundings.hostName,
    runtime: process,
    forward: { rules: [], anywhere: false, showSecret: () => {}, ...forward, secret: surroundings.forwardSecret },
  });
  return ok({ core, ports: ports.value });
}

/**
 * The owner of the data directory if there is one; else the store and the service from this process, for one call or a
 * few. `tell`: what this process finds out besides, such as files that could not be read; an owner tells it itself.
 */
export async function attach(
  surroundings: Surroundings,
  tell: (problem: Problem) => void,
): Promise<Result<Session, PublicError>> {
  const { owner, claimed } = await ownerOrClaim(surroundings.dataDirectory);
  if (owner) return ok({ bridge: owner, ownerPid: owner.pid, close: async () => owner.close() });
  const opened = await openAlone(
    surroundings,
    {
      wishes: { accounts: [], mode: 'auto', takeOver: false, pollIntervalMs: 60_000 },
      port: null,
      publicUrl: null,
      tunnel: null,
    },
    {},
  );
  if (!opened.ok) {
    claimed?.release();
    return opened;
  }
  const { core, ports } = opened.value;
  core.onHappening((happening) => {
    if (happening.type === 'problem') tell(happening.problem);
  });
  await core.look();
  return ok({
    bridge: directBridge(core),
    ownerPid: null,
    async close() {
      await core.stop();
      await ports.close();
      claimed?.release();
    },
  });
}

/** An owner that ended just now leaves a record that promises an answer; a folder that cannot be used has none. */
function cannotBeUsed({ pid, isPassing }: OwnedElsewhere): boolean {
  return !isPassing && pid === null;
}

/** An owner that is starting or ending does not answer yet, or not any more: so long it is asked again (milliseconds). */
const ownerPatienceMs = 3000;
const askAgainMs = 50;

/** The owner that answers, or the claim on a folder that nobody owns; neither where an owner stays silent. */
async function ownerOrClaim(
  directory: string,
): Promise<{ readonly owner: OwnerConnection | null; readonly claimed: Ownership | null }> {
  for (let waited = 0; ; waited += askAgainMs) {
    const owner = await connectToOwner(directory);
    if (owner) return { owner, claimed: null };
    const claimed = claimDataDir(directory);
    if (claimed.ok) return { owner: null, claimed: claimed.value };
    if (cannotBeUsed(claimed.error) || waited >= ownerPatienceMs) return { owner: null, claimed: null };
    await pause(askAgainMs);
  }
}
