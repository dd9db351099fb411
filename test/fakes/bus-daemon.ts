import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Without folders of services: nothing is started by being asked for.
const busConfig = (folder: string) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=${folder}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

/** Ends a program at once; resolves when it has ended. */
export async function end(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Resolves when the program has printed something, which daemons do when they serve. */
async function ready(child: ChildProcess): Promise<void> {
  const died = once(child, 'exit').then(() => Promise.reject(new Error('it ended at once')));
  if (child.stdout === null) throw new Error('no stdout');
  await Promise.race([once(child.stdout, 'data'), died]);
}

/** A D-Bus session of its own in `folder`: a real dbus-daemon on which nothing runs. */
export async function startBusDaemon(folder: string): Promise<{ readonly address: string; close(): Promise<void> }> {
  const config = join(folder, 'bus.conf');
  writeFileSync(config, busConfig(folder));
  const daemon = spawn('dbus-daemon', ['--nofork', '--print-address', `--config-file=${config}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await ready(daemon);
  return { address: `unix:path=${folder}/bus`, close: () => end(daemon) };
}
