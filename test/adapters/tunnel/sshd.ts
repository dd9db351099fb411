import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './place.ts';

export interface TestSshd {
  readonly port: number;
  readonly user: string;
  /** A private key that it accepts, and one that it does not. */
  readonly keyFile: string;
  readonly strangeKeyFile: string;
  /** The accepted key, locked with the passphrase `open sesame`. */
  readonly lockedKeyFile: string;
  /** As `ssh-keygen -l` shows the host key. */
  fingerprint(): string;
  start(): Promise<void>;
  /** Ends it and every connection. */
  stop(): Promise<void>;
  /** Ends every connection; it goes on listening. */
  cut(): void;
  /** The next start shows another host key. */
  renewHostKey(): void;
}

function makeKey(file: string): void {
  rmSync(file, { force: true });
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
}

/** Processes that descend from `pid`: each connection of sshd is served by its own. */
function descendants(pid: number): readonly number[] {
  const parents = readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      return [[Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
    } catch {
      return [];
    }
  });
  const below = (of: number): readonly number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Debian's sshd on loopback, with keys and configuration in a folder of its own that goes with the test. */
export async function startSshd(): Promise<TestSshd> {
  const folder = mkdtempSync(join(tmpdir(), 'thingspace-sms-sshd-'));
  const inFolder = (name: string): string => join(folder, name);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  for (const name of ['host', 'accepted', 'strange']) makeKey(inFolder(name));
  execFileSync('cp', [inFolder('accepted'), inFolder('locked')]);
  execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', inFolder('locked')]);
  writeFileSync(inFolder('authorized'), readFileSync(inFolder('accepted.pub')));
  const port = await freePort();
  const { username } = userInfo();
  writeFileSync(
    inFolder('config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${inFolder('host')}`,
      `AuthorizedKeysFile ${inFolder('authorized')}`,
      'PidFile none',
      'UsePAM no',
      'StrictModes no',
      'PermitRootLogin yes',
      'PasswordAuthentication no',
      'AllowTcpForwarding yes',
      'GatewayPorts clientspecified',
    ].join('\n'),
  );
  let child: ChildProcess | null = null;

  async function stop(): Promise<void> {
    const ending = child;
    child = null;
    if (ending?.pid === undefined || ending.exitCode !== null) return;
    const connections = descendants(ending.pid);
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGKILL');
    kill(connections);
    await ended;
  }

  function kill(pids: readonly number[]): void {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
  }

  async function start(): Promise<void> {
    child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', inFolder('config')], { stdio: 'ignore', env: {} });
    for (const until = Date.now() + 10_000; !(await answers(port)); ) {
      if (Date.now() > until) throw new Error('sshd does not answer');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  onTestFinished(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  return {
    port,
    user: username,
    keyFile: inFolder('accepted'),
    strangeKeyFile: inFolder('strange'),
    lockedKeyFile: inFolder('locked'),
    fingerprint: () =>
      execFileSync('ssh-keygen', ['-l', '-f', inFolder('host.pub')], { encoding: 'utf8' }).split(' ')[1] ?? '',
    start,
    stop,
    cut: () => kill(child?.pid === undefined ? [] : descendants(child.pid)),
    renewHostKey: () => makeKey(inFolder('host')),
  };
}
