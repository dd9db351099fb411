import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SshChoice } from '../../../main/adapters/tunnel/ssh.ts';
import { createSecret } from '../../../main/core/secret.ts';
import { tunnelChoice } from '../../../preload/contract/tunnel.ts';
import { createTunnelPlace, freePort, startLocalServer } from './place.ts';
import { startSshd, type TestSshd } from './sshd.ts';

async function choiceFor(sshd: TestSshd, change: Partial<SshChoice> = {}): Promise<SshChoice> {
  const { port, user, keyFile } = sshd;
  const remotePort = await freePort();
  return tunnelChoice.parse({
    kind: 'ssh',
    host: '127.0.0.1',
    port,
    user,
    keyFile,
    remotePort,
    ...change,
  }) as SshChoice;
}

async function fetchText(url: string): Promise<string> {
  return (await fetch(url, { headers: { connection: 'close' } })).text();
}

describe('through Debian’s sshd', () => {
  test('requests reach the local port, many at once', async () => {
    const sshd = await startSshd();
    const place = createTunnelPlace();
    const opened = await place.open(await choiceFor(sshd), await startLocalServer('it is me'));
    if (!opened.ok) throw new Error(opened.error.message);
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetchText(opened.value.publicUrl)));
    expect(new Set(answers)).toEqual(new Set(['it is me']));
    await opened.value.close();
    await expect(fetchText(opened.value.publicUrl)).rejects.toThrow();
    expect(place.losses).toEqual([]);
  });

  test('the host key is pinned at first use, with its fingerprint shown, and not mentioned again', async () => {
    const sshd = await startSshd();
    const place = createTunnelPlace();
    const choice = await choiceFor(sshd);
    const first = await place.open(choice);
    if (!first.ok) throw new Error(first.error.message);
    await first.value.close();
    expect(place.notes).toHaveLength(1);
    expect(place.notes[0]).toContain(sshd.fingerprint());
    expect(place.knownHosts.read()).toEqual({ [`127.0.0.1:${sshd.port}`]: sshd.fingerprint() });
    expect((await place.open(choice)).ok).toBe(true);
    expect(place.notes).toHaveLength(1);
  });

  test('a changed host key is refused with both fingerprints, until the old one is forgotten', async () => {
    const sshd = await startSshd();
    const place = createTunnelPlace();
    const choice = await choiceFor(sshd);
    const first = await place.open(choice);
    if (first.ok) await first.value.close();
    const before = sshd.fingerprint();
    await sshd.stop();
    sshd.renewHostKey();
    await sshd.start();
    const refused = await place.open(choice);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'needs-you' } });
    const words = refused.ok ? '' : refused.error.message;
    for (const part of [before, sshd.fingerprint(), `tunnels forget 127.0.0.1:${sshd.port}`])
      expect(words).toContain(part);
    expect(place.tunnels.forgetHost(`127.0.0.1:${sshd.port}`)).toEqual({ ok: true, value: true });
    expect(place.tunnels.forgetHost(`127.0.0.1:${sshd.port}`)).toEqual({ ok: true, value: false });
    expect((await place.open(choice)).ok).toBe(true);
  });

  test('nothing is trusted that could not be remembered', async () => {
    const sshd = await startSshd();
    const place = createTunnelPlace();
    place.knownHosts.breakWith({ kind: 'disk-full', message: 'The disk is full.' });
    expect(await place.open(await choiceFor(sshd))).toMatchObject({
      ok: false,
      error: { message: 'The disk is full.' },
    });
  });

  test('sshd stopped: it is told once, opening says so, and it opens again once sshd is there', async () => {
    const sshd = await startSshd();
    const place = createTunnelPlace();
    const choice = await choiceFor(sshd);
    const port = await startLocalServer('again');
    expect((await place.open(choice, port)).ok).toBe(true);
    await sshd.stop();
    await expect.poll(() => place.losses.length).toBe(1);
    expect(place.losses[0]).toMatchObject({ kind: 'passing' });
    expect(await place.open(choice, port)).toMatchObject({
      ok: false,
      error: { kind: 'passing', message: expect.stringContaining(`No SSH server answers at 127.0.0.1:${sshd.port}`) },
    });
    await sshd.start();
    const again = await place.open(choice, port);
    expect(again.ok && (await fetchText(again.value.publicUrl))).toBe('again');
    expect(place.losses).toHaveLength(1);
  });

  test('connection cut: it is told, and the same port opens again', async () => {
    const sshd = await startSshd();
    const place = createTunnelPlace();
    const choice = await choiceFor(sshd);
    expect((await place.open(choice)).ok).toBe(true);
    sshd.cut();
    await expect.poll(() => place.losses).toMatchObject([{ kind: 'passing', message: expect.stringContaining('cut') }]);
    await expect.poll(async () => (await place.open(choice)).ok).toBe(true);
  });

  test('port taken: said in words, and tried again', async () => {
    const sshd = await startSshd();
    const place = createTunnelPlace();
    const choice = await choiceFor(sshd);
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(choice.remotePort, '127.0.0.1', resolve));
    onTestFinished(() => void blocker.close());
    expect(await place.open(choice)).toMatchObject({
      ok: false,
      error: { kind: 'passing', message: expect.stringContaining(`Port ${choice.remotePort} on 127.0.0.1 is taken`) },
    });
  });

  test('a key that it does not know, a key that is not there, a user that is not there: each in words', async () => {
    const sshd = await startSshd();
    const place = createTunnelPlace();
    const refused = {
      ok: false,
      error: { kind: 'needs-you', message: expect.stringContaining('does not accept the key') },
    };
    expect(await place.open(await choiceFor(sshd, { keyFile: sshd.strangeKeyFile }))).toMatchObject(refused);
    expect(await place.open(await choiceFor(sshd, { user: 'nobody-of-that-name' }))).toMatchObject(refused);
    expect(await place.open(await choiceFor(sshd, { keyFile: '/nonexistent/key' }))).toMatchObject({
      error: { kind: 'needs-you', message: expect.stringContaining('/nonexistent/key cannot be read') },
    });
  });

  test('a locked key is opened with the passphrase of the keychain, or of the environment', async () => {
    const sshd = await startSshd();
    const place = createTunnelPlace();
    const choice = await choiceFor(sshd, { keyFile: sshd.lockedKeyFile });
    const needsYou = (words: string) => ({
      ok: false,
      error: { kind: 'needs-you', message: expect.stringContaining(words) },
    });
    expect(await place.open(choice)).toMatchObject(needsYou('tunnels secret ssh'));
    await place.keychain.write('tunnel ssh', createSecret('wrong'));
    expect(await place.open(choice)).toMatchObject(needsYou('does not open'));
    await place.keychain.write('tunnel ssh', createSecret('open sesame'));
    const opened = await place.open(choice);
    if (opened.ok) await opened.value.close();
    expect(opened.ok).toBe(true);
    place.keychain.become('locked');
    expect(await place.open(choice)).toMatchObject({ ok: false, error: { kind: 'passing' } });
    const forOneRun = createTunnelPlace({ secret: createSecret('open sesame') });
    expect((await forOneRun.open(choice)).ok).toBe(true);
  });

  test('the agent’s keys are used', async () => {
    const sshd = await startSshd();
    const folder = mkdtempSync(join(tmpdir(), 'sms-agent-'));
    const socket = join(folder, 'agent');
    const agent: ChildProcess = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    onTestFinished(() => {
      agent.kill();
      rmSync(folder, { recursive: true, force: true });
    });
    await expect.poll(() => existsSync(socket)).toBe(true);
    execFileSync('ssh-add', ['-q', sshd.keyFile], { env: { SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
    const choice = await choiceFor(sshd, { auth: 'agent', keyFile: null });
    expect((await createTunnelPlace({ sshAgent: socket }).open(choice)).ok).toBe(true);
    expect(await createTunnelPlace().open(choice)).toMatchObject({
      error: { message: expect.stringContaining('agent') },
    });
  });
});

describe('with a password', () => {
  async function startPasswordServer(password: string): Promise<number> {
    const { private: key } = ssh2.utils.generateKeyPairSync('ed25519');
    const server = new ssh2.Server({ hostKeys: [key] }, (client) => {
      client.on('error', () => undefined);
      client.on('authentication', (attempt) =>
        attempt.method === 'password' && attempt.password === password
          ? attempt.accept()
          : attempt.reject(['password']),
      );
      client.on('request', (accept) => accept?.());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  test('it comes from the keychain; a wrong one is refused once, in words, and stands in none of them', async () => {
    const port = await startPasswordServer('drowssap');
    const place = createTunnelPlace();
    const choice = tunnelChoice.parse({
      kind: 'ssh',
      host: '127.0.0.1',
      port,
      user: 'me',
      auth: 'password',
      remotePort: 80,
    });
    expect(await place.open(choice)).toMatchObject({
      error: { message: expect.stringContaining('tunnels secret ssh') },
    });
    await place.keychain.write('tunnel ssh', createSecret('not-it-at-all'));
    const refused = await place.open(choice);
    expect(refused).toMatchObject({ error: { kind: 'needs-you', message: expect.stringContaining('the password') } });
    expect(JSON.stringify(refused)).not.toContain('not-it-at-all');
    await place.keychain.write('tunnel ssh', createSecret('drowssap'));
    expect(await place.open(choice)).toMatchObject({ ok: true, value: { publicUrl: 'http://127.0.0.1' } });
  });
});
