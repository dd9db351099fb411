import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';
const isLeftOut = process.platform !== 'linux';
const listening = '0A';

/** The addresses on which a process takes connections, as `0100007F:PORT` in hexadecimal (proc(5), /proc/net/tcp). */
function doorsOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  const sockets = new Set(
    readdirSync(folder).flatMap((entry) => {
      try {
        return [/^socket:\[(\d+)\]$/.exec(readlinkSync(join(folder, entry)))?.[1] ?? ''];
      } catch {
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'latin1')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === listening && sockets.has(fields[9] ?? ''))
      .map((fields) => fields[1] ?? ''),
  );
}

test.skipIf(isLeftOut)(
  'a run takes connections on loopback alone, at the listener and the window, and opens no debugger',
  async () => {
    const simulator = await freshSimulator();
    const surroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    };
    await runCommand(['accounts', 'add', account], surroundings);
    const command = startCommand(['serve', '--json', '--no-open'], surroundings);
    await command.until(() => stands(command, account, 'live'), 'live');
    const before = doorsOf(command.pid);
    expect(before).toHaveLength(2);
    expect(before.every((door) => door.startsWith('0100007F:'))).toBe(true);
    command.signal('SIGUSR1');
    // Whatever the signal started would be there by the time the next call is answered.
    expect((await runCommand(['status'], surroundings)).code).toBe(0);
    expect(doorsOf(command.pid)).toEqual(before);
    expect(command.err()).not.toContain('Debugger');
    const files = readdirSync(surroundings.dataDirectory, { recursive: true, withFileTypes: true });
    const open = files.filter((entry) => (statSync(join(entry.parentPath, entry.name)).mode & 0o077) !== 0);
    expect(open.map(({ name }) => name)).toEqual([]);
  },
);
