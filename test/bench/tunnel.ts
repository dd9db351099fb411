/*
 * Callbacks through an SSH tunnel against the same callbacks sent directly, in one run: a listener that answers 200,
 * Debian's sshd on loopback, 16 connections, bodies of 480 bytes. Run: node test/bench/tunnel.ts [seconds for each]
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../main/adapters/clock.ts';
import { createSshTunnel } from '../../main/adapters/tunnel/ssh.ts';
import { createFakeDocument } from '../fakes/document.ts';

const seconds = Number(process.argv[2] ?? 4);
const connections = 16;
const rounds = 3;
const body = JSON.stringify({ username: '', password: '', smsMessage: 'x'.repeat(430) });

async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function startSshd(folder: string): Promise<{ readonly port: number; readonly stop: () => void }> {
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
  const sshd = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'config')], { stdio: 'ignore' });
  const answers = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy().destroyed));
      socket.once('error', () => resolve(false));
    });
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 20));
  return { port, stop: () => void sshd.kill() };
}

function post(agent: Agent, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const sent = request({ agent, host: '127.0.0.1', port, method: 'POST', headers }, (response) => {
      response.resume().once('end', resolve);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

interface Measured {
  readonly perSecond: number;
  readonly p99: number;
}

async function measure(port: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while (performance.now() - began < seconds * 1000) {
      const sentAt = performance.now();
      await post(agent, port);
      times.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const took = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  return { perSecond: times.length / took, p99: times[Math.floor(times.length * 0.99)] ?? 0 };
}

const folder = mkdtempSync(join(tmpdir(), 'thingspace-sms-bench-'));
const listener = createServer((received, response) => void received.resume().once('end', () => response.end()));
await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
const address = listener.address();
const localPort = typeof address === 'object' && address ? address.port : 0;
const sshd = await startSshd(folder);
const remotePort = await freePort();
const tunnel = createSshTunnel(
  {
    kind: 'ssh',
    host: '127.0.0.1',
    port: sshd.port,
    user: userInfo().username,
    auth: 'key',
    keyFile: join(folder, 'key'),
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
const opened = await tunnel.open(localPort, { changed: () => {}, lost: console.error, noted: () => {} });
if (!opened.ok) throw new Error(opened.error.message);
const shown = ({ perSecond, p99 }: Measured): string => `${perSecond.toFixed(0)}/s, p99 ${p99.toFixed(1)} ms`;
const ratios: number[] = [];
// Alternating, so that what else the machine does falls on both.
for (let round = 1; round <= rounds; round += 1) {
  const direct = await measure(localPort);
  const through = await measure(remotePort);
  ratios.push(through.perSecond / direct.perSecond);
  console.log(`round ${round}: direct ${shown(direct)} | through SSH ${shown(through)}`);
}
ratios.sort((a, b) => a - b);
console.log(`ratio, median of ${rounds}: ${(ratios[Math.floor(rounds / 2)] ?? 0).toFixed(2)}`);
await opened.value.close();
listener.closeAllConnections();
listener.close();
sshd.stop();
rmSync(folder, { recursive: true, force: true });
