import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { end, startBusDaemon } from '../../fakes/bus-daemon.ts';

const needed = ['dbus-daemon', 'gnome-keyring-daemon', 'gdbus', 'secret-tool'];

/** How to install what the real keychain needs, or null when all is there. */
export function whatIsMissing(): string | null {
  const absent = needed.filter((program) => spawnSync('which', [program]).status !== 0);
  if (process.platform !== 'linux') return 'gnome-keyring runs on Linux only';
  return absent.length === 0
    ? null
    : `${absent.join(', ')} missing: apt-get install -y --no-install-recommends dbus libglib2.0-bin gnome-keyring libsecret-1-0 libsecret-tools`;
}

export interface SessionBus {
  readonly folder: string;
  /** The environment of a program that is to use this bus. */
  readonly environment: Readonly<Record<string, string>>;
  startKeyring(): Promise<void>;
  stopKeyring(): Promise<void>;
  /** Lets the running keyring stand still, or go on. */
  freeze(frozen: boolean): void;
  lock(): Promise<void>;
  /** What this app stored, name to secret, as another program of the user sees it. */
  stored(): ReadonlyMap<string, string>;
  /** Removes it all, as another program of the user could. */
  empty(): void;
  close(): Promise<void>;
}

/** A D-Bus session of its own, with a gnome-keyring that is unlocked by the password `testpw`. */
export async function startSessionBus(): Promise<SessionBus> {
  const folder = mkdtempSync(join(tmpdir(), 'keychain-'));
  const runtime = join(folder, 'runtime');
  mkdirSync(runtime, { mode: 0o700 });
  const bus = await startBusDaemon(folder);
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    XDG_RUNTIME_DIR: runtime,
    DBUS_SESSION_BUS_ADDRESS: bus.address,
  };
  let keyring: ChildProcess | null = null;

  return {
    folder,
    environment,
    async startKeyring() {
      keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
        env: environment,
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      keyring.stdin?.end('testpw');
      const wait = ['wait', '--session', '--timeout', '20', 'org.freedesktop.secrets'];
      await promisify(execFile)('gdbus', wait, { env: environment });
    },
    async stopKeyring() {
      await end(keyring);
      keyring = null;
    },
    freeze: (frozen) => void keyring?.kill(frozen ? 'SIGSTOP' : 'SIGCONT'),
    async lock() {
      const call = [
        'call',
        '--session',
        '--dest',
        'org.freedesktop.secrets',
        '--object-path',
        '/org/freedesktop/secrets',
      ];
      const method = [
        '--method',
        'org.freedesktop.Secret.Service.Lock',
        "['/org/freedesktop/secrets/collection/login']",
      ];
      await promisify(execFile)('gdbus', [...call, ...method], { env: environment });
    },
    stored() {
      const search = ['search', '--all', 'service', 'thingspace-sms-tray'];
      const { stdout, stderr } = spawnSync('secret-tool', search, { env: environment, encoding: 'utf8' });
      const secrets = [...stdout.matchAll(/^secret = (.*)$/gm)].map(([, secret = '']) => secret);
      const names = [...`${stdout}\n${stderr}`.matchAll(/^attribute\.account = (.*)$/gm)].map(([, name = '']) => name);
      return new Map(names.map((name, index) => [name, secrets[index] ?? '']));
    },
    empty() {
      spawnSync('secret-tool', ['clear', 'service', 'thingspace-sms-tray'], { env: environment });
    },
    async close() {
      await end(keyring);
      await bus.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
