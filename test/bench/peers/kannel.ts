import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { unpackDebian } from './debian.ts';
import type { StartPeer } from './peers.ts';
import { end, freePort, openSink } from './processes.ts';

/* Kannel as a company runs it that wants its devices' texts by HTTP: bearerbox with its file store, smsbox, a sink. */

const texts = 4000;

function configuration(folder: string, ports: Ports, sink: number): string {
  return `
group = core
admin-port = ${ports.admin}
admin-password = bench
smsbox-port = ${ports.box}
store-type = file
store-location = ${join(folder, 'store')}
log-file = ${join(folder, 'bearerbox.log')}
log-level = 3

group = smsc
smsc = fake
port = ${ports.fake}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
log-file = ${join(folder, 'smsbox.log')}
log-level = 3

group = sms-service
keyword = default
catch-all = yes
max-messages = 0
get-url = "http://127.0.0.1:${sink}/?from=%p&text=%a"
`;
}

interface Ports {
  readonly admin: number;
  readonly box: number;
  readonly fake: number;
}

export const startKannel: StartPeer = async (bench) => {
  const found = unpackDebian(bench, ['kannel', 'kannel-extras']);
  if (typeof found === 'string') return found;
  const folder = bench.folder('kannel');
  let arrived = 0;
  const sink = await openSink((request, response) => {
    arrived += 1;
    request.resume();
    response.end();
  });
  const ports = { admin: await freePort(), box: await freePort(), fake: await freePort() };
  const file = join(folder, 'kannel.conf');
  writeFileSync(file, configuration(folder, ports, sink.port));
  const run = (program: string, ...args: readonly string[]) =>
    spawn(found.path(program), args, { cwd: folder, env: found.environment, stdio: 'ignore' });
  const bearerbox = run('/usr/sbin/bearerbox', file);
  await pause(1500);
  const smsbox = run('/usr/sbin/smsbox', file);
  await pause(1500);
  const body = 'status ok 1 battery 42% lat=47.0001 long=120.0001 rssi -71 door open';
  return {
    name: `Kannel ${found.version}`,
    does: 'text → file store → HTTP',
    async measure() {
      const before = arrived;
      const startedAt = performance.now();
      const sender = run(
        '/usr/lib/kannel/test/fakesmsc',
        '-H',
        '127.0.0.1',
        '-r',
        String(ports.fake),
        '-i',
        '0.0001',
        '-m',
        String(texts),
        `7022895555 900060005010 text ${body}`,
      );
      const until = performance.now() + 20_000;
      while (arrived < before + texts && performance.now() < until) await pause(5);
      const took = (performance.now() - startedAt) / 1000;
      await end(sender);
      if (arrived === before) throw new Error('Kannel brought no text.');
      return (arrived - before) / took;
    },
    async stop() {
      await end(smsbox);
      await end(bearerbox);
      sink.close();
    },
  };
};
