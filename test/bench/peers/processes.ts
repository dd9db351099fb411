import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../harness/bench.ts';

export async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Resolves when a process answers on its port; after 15 s ends it and rejects. */
export async function answers(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return;
    await pause(100);
  }
  await end(child);
  throw new Error('It did not start within 15 s.');
}

export interface Sink {
  readonly port: number;
  close(): void;
}

export async function openSink(listener: RequestListener): Promise<Sink> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A package of the npm registry in a folder of this run. Throws where it cannot be fetched. */
export function installFromNpm(bench: Bench, name: string, version: string): string {
  const folder = bench.folder(name);
  execFileSync(
    'npm',
    ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`],
    {
      stdio: 'ignore',
    },
  );
  return folder;
}
