/* Callbacks through an SSH tunnel against the same sent directly: a listener that answers 200, Debian's sshd on loopback. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../../main/adapters/clock.ts';
import { createSshTunnel } from '../../../main/adapters/tunnel/ssh.ts';
import type { OpenTunnel } from '../../../main/core/ports.ts';
import { createFakeDocument } from '../../fakes/document.ts';
import { alternate, type Bench, type Part } from '../harness/bench.ts';
import { type Driven, drive } from '../harness/driver.ts';
import { value } from '../harness/million.ts';
import { callbackBody } from '../harness/texts.ts';
import { answers, freePort } from '../peers/processes.ts';
import { listenOnLoopback } from '../subjects/bare-http.ts';

const sshdProgram = '/usr/sbin/sshd';
const connections = 16;

interface RunningSshd {
  readonly port: number;
  readonly keyFile: string;
  stop(): void;
}

async function startSshd(folder: string): Promise<RunningSshd> {
  const port = await freePort();
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  for (const name of ['host', 'key'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  writeFileSync(join(folder, 'authorized'), readFileSync(join(folder, 'key.pub')));
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized')}`,
    'PidFile none\nUsePAM no\nStrictModes no\nPermitRootLogin yes',
  ];
  writeFileSync(join(folder, 'config'), lines.join('\n'));
  const sshd = spawn(sshdProgram, ['-D', '-e', '-f', join(folder, 'config')], { stdio: 'ignore' });
  await answers(port, sshd);
  return { port, keyFile: join(folder, 'key'), stop: () => void sshd.kill() };
}

async function openTunnel(sshd: RunningSshd, localPort: number, remotePort: number): Promise<OpenTunnel> {
  const tunnel = createSshTunnel(
    {
      kind: 'ssh',
      host: '127.0.0.1',
      port: sshd.port,
      user: userInfo().username,
      auth: 'key',
      keyFile: sshd.keyFile,
      remotePort,
      bindAddress: '127.0.0.1',
      publicUrl: null,
    },
    {
      clock: createClock(),
      knownHosts: createFakeDocument({}),
      agent: null,
      secret: () => Promise.resolve({ ok: true, value: null }),
    },
  );
  return value(await tunnel.open(localPort, { changed: () => {}, lost: console.error, noted: () => {} }));
}

function report(bench: Bench, direct: readonly Driven[], through: readonly Driven[]): void {
  const add = bench.report.add;
  const workload = `${connections} connections`;
  const rates = (runs: readonly Driven[]) => runs.map((run) => run.perSecond);
  const floor = { name: 'sent directly', values: rates(direct) };
  add({ workload, subject: 'floor: sent directly', unit: 'callbacks/s', values: floor.values });
  add({ workload, subject: 'through SSH', unit: 'callbacks/s', values: rates(through), against: floor });
  add({
    workload: `${workload}, p99`,
    subject: 'through SSH',
    unit: 'ms',
    values: through.map((run) => run.p99),
    against: { name: 'sent directly', values: direct.map((run) => run.p99) },
  });
}

export const tunnel: Part = async (bench) => {
  if (!existsSync(sshdProgram))
    return bench.report.missing('SSH tunnel', 'sshd is not installed (apt-get install openssh-server).');
  const { target, stop } = await listenOnLoopback(createServer(), (_body, answer) => answer());
  const sshd = await startSshd(bench.folder('sshd'));
  const remotePort = await freePort();
  const opened = await openTunnel(sshd, target.port, remotePort);
  const body = (number: number) => callbackBody(number, target);
  const seconds = bench.quick ? 0.5 : 2;
  const measure = (port: number) => () => drive({ ...target, port }, { connections, body, seconds });
  const measured = await alternate(bench.quick ? 1 : 5, {
    direct: measure(target.port),
    through: measure(remotePort),
  });
  report(bench, measured.direct, measured.through);
  await opened.close();
  await stop();
  sshd.stop();
};
