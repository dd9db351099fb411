import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { createClock } from '../../../main/adapters/clock.ts';
import { createSilentLog } from '../../../main/adapters/log.ts';
import type { StartedProcess } from '../../../main/adapters/tunnel/processes.ts';
import { createTunnels, type TunnelSurroundings } from '../../../main/adapters/tunnel/tunnels.ts';
import type { OpenTunnel, TunnelEvents, TunnelFailure, Tunnels } from '../../../main/core/ports.ts';
import type { Result } from '../../../preload/contract/result.ts';
import type { TunnelChoice } from '../../../preload/contract/tunnel.ts';
import { createFakeDocument, type FakeDocument } from '../../fakes/document.ts';
import { createFakeKeychain, type FakeKeychain } from '../../fakes/keychain.ts';

export interface TunnelPlace {
  readonly tunnels: Tunnels;
  readonly keychain: FakeKeychain;
  readonly knownHosts: FakeDocument<Readonly<Record<string, string>>>;
  readonly children: FakeDocument<readonly StartedProcess[]>;
  /** Opens it; what it tells is kept, and it is closed with the test. */
  open(choice: TunnelChoice, localPort?: number): Promise<Result<OpenTunnel, TunnelFailure>>;
  readonly changes: string[];
  readonly losses: TunnelFailure[];
  readonly notes: string[];
}

export interface TunnelPlaceOptions extends Partial<TunnelSurroundings> {
  readonly readyWithinMs?: number;
  readonly searchPath?: string;
  readonly left?: readonly StartedProcess[];
}

export function createTunnelPlace(options: TunnelPlaceOptions = {}): TunnelPlace {
  const keychain = createFakeKeychain();
  const knownHosts = createFakeDocument<Readonly<Record<string, string>>>({});
  const children = createFakeDocument<readonly StartedProcess[]>(options.left ?? []);
  const { searchPath = '/usr/bin:/bin', environment = { PATH: searchPath, HOME: '/nonexistent' } } = options;
  const tunnels = createTunnels({
    environment,
    secret: options.secret ?? null,
    sshAgent: options.sshAgent ?? null,
    keychain,
    knownHosts,
    children,
    clock: createClock(),
    log: createSilentLog(),
    readyWithinMs: options.readyWithinMs ?? 10_000,
  });
  const changes: string[] = [];
  const losses: TunnelFailure[] = [];
  const notes: string[] = [];
  const events: TunnelEvents = {
    changed: (publicUrl) => changes.push(publicUrl),
    lost: (failure) => losses.push(failure),
    noted: (sentence) => notes.push(sentence),
  };
  return {
    tunnels,
    keychain,
    knownHosts,
    children,
    changes,
    losses,
    notes,
    async open(choice, localPort = 9) {
      const tunnel = tunnels.tunnel(choice);
      if (tunnel === null) throw new Error(`${choice.kind} opens nothing`);
      const opened = await tunnel.open(localPort, events);
      if (opened.ok) onTestFinished(() => opened.value.close());
      return opened;
    },
  };
}

/** A web server on this computer that answers with `words`. */
export async function startLocalServer(words: string): Promise<number> {
  const server: Server = createServer((_request, response) => response.end(words));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** A port that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** A port that ThingSpace calls, that nobody uses, and that the app does not take by itself. */
export async function freeCallbackPort(): Promise<number> {
  const ports = Array.from({ length: 21 }, (_, index) => 28_200 + index).sort(() => Math.random() - 0.5);
  for (const port of ports) {
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createTcpServer();
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
  throw new Error('every port from 28200 to 28220 is in use');
}
