import { spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { serviceFiles } from '../../main/terminal/service-files.ts';
import { credentialsOf, runCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';

async function made(kind: string, ...rest: readonly string[]): Promise<string> {
  const { code, command } = await runCommand(['service', kind, ...rest], { dataDirectory: freshFolder() });
  expect(code).toBe(0);
  return `${command.out.join('\n')}\n`;
}

/** Reads a file by a library of Python's own: what it gives back was not written by this app. */
function readByPython(program: string, input: string): unknown {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

const plist = 'import json, plistlib, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))';
const tags =
  'import json, sys, xml.etree.ElementTree as tree; print(json.dumps({e.tag: e.text for e in tree.parse(sys.stdin).getroot()}))';

/** Takes a command line of systemd apart. */
function wordsOf(unit: string): readonly string[] {
  const [, line = ''] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? '').replaceAll(/\\(.)/g, '$1').replaceAll('$$', '$').replaceAll('%%', '%'),
  );
}

/** Starts what a service manager would, and stops it as one does. */
async function runAsService(words: readonly string[], simulator: Simulator, home: string) {
  const [program = '', ...args] = words;
  const child = spawn(program, args, {
    cwd: '/',
    env: { HOME: home, THINGSPACE_API_BASE: simulator.origin, ...credentialsOf(simulator) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += String(chunk);
  });
  await expect.poll(() => out, { timeout: 20_000 }).toContain('"state":"polling"');
  const asked = Date.now();
  child.kill('SIGTERM');
  const code = await new Promise((resolve) => child.on('exit', resolve));
  return { code, tookMs: Date.now() - asked, lines: out.trim().split('\n') };
}

describe('a service file', () => {
  test('starts this very program: it listens, logs JSON lines, and ends with 0 in time when it is told to', async () => {
    const simulator = await freshSimulator();
    const folder = freshFolder();
    const args = [
      '--data-dir',
      join(folder, 'my "data" 100%$HOME'),
      '--',
      'listen',
      '--account',
      account,
      '--mode',
      'poll',
    ];
    const unit = await made('systemd', ...args);
    const agent = readByPython(plist, await made('launchd', ...args)) as { ProgramArguments: readonly string[] };
    expect(wordsOf(unit)).toEqual(agent.ProgramArguments);
    for (const words of [wordsOf(unit), agent.ProgramArguments]) {
      const { code, tookMs, lines } = await runAsService(words, simulator, folder);
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(5500);
      for (const line of lines) expect(JSON.parse(line)).toHaveProperty('type');
    }
    expect(existsSync(join(folder, 'my "data" 100%$HOME', 'messages.db'))).toBe(true);
  });

  test('keeps the places that the environment names, unless the command names its own', async () => {
    const surroundings = { dataDirectory: freshFolder(), apiBase: 'http://127.0.0.1:9' };
    const words = async (...args: readonly string[]) =>
      wordsOf((await runCommand(['service', 'systemd', ...args], surroundings)).command.out.join('\n')).slice(2);
    const places = ['--data-dir', surroundings.dataDirectory, '--api-base', 'http://127.0.0.1:9'];
    expect(await words()).toEqual(['serve', '--no-open', '--json', ...places]);
    const own = ['serve', '--json', '--data-dir=/own', '--api-base=http://127.0.0.1:8'];
    expect(await words('--', ...own)).toEqual(own);
  });

  test.each([' ', '='])('names the paths of its command in full, for it starts elsewhere (%j)', async (is) => {
    const line = (data: string, key: string) =>
      `serve --json --data-dir${is}${data} --tunnel ssh --tunnel-option host=sms.example --tunnel-option${is}keyFile=${key}`;
    const words = async (given: string) => wordsOf(await made('systemd', '--', ...given.split(' '))).slice(2);
    expect((await words(line('data', 'key'))).join(' ')).toBe(line(resolve('data'), resolve('key')));
    expect((await words(line('/data', '~/key'))).join(' ')).toBe(line('/data', '~/key'));
  });

  test('is not started again after a refused sign-in, and has time to stop', async () => {
    const unit = await made('systemd');
    expect(unit).toMatch(/^RestartPreventExitStatus=2 3$/m);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(5);
    expect(readByPython(plist, await made('launchd'))).toMatchObject({
      KeepAlive: { SuccessfulExit: false },
      ExitTimeOut: 10,
    });
  });

  test('of macOS writes the texts where only their user can read them', () => {
    const file = serviceFiles['launchd']?.make({ program: '/node', args: [], home: '/Users/A & B' }) ?? '';
    expect(readByPython(plist, file)).toMatchObject({
      StandardOutPath: '/Users/A & B/Library/Logs/thingspace-sms.ndjson',
      StandardErrorPath: '/Users/A & B/Library/Logs/thingspace-sms.log',
    });
  });

  test.skipIf(!existsSync('/usr/bin/systemd-analyze'))('is a unit that systemd accepts', async () => {
    const path = join(freshFolder(), 'thingspace-sms.service');
    writeFileSync(path, await made('systemd', '--', 'listen', '--account', account, '--query', 'A & "B"'));
    const { stderr } = spawnSync('systemd-analyze', ['--user', 'verify', path], { encoding: 'utf8' });
    expect(stderr.split('\n').filter((line) => line.includes('thingspace-sms.service'))).toEqual([]);
  });

  test('is XML that WinSW reads, its arguments quoted as Windows takes them apart', () => {
    const args = ['C:\\Program Files\\cli.js', 'listen', '--account', 'A&B', 'a"b', 'ends in a space \\'];
    const run = { program: 'C:\\Program Files\\nodejs\\node.exe', args, home: 'C:\\Users\\me' };
    const file = serviceFiles['windows']?.make(run) ?? '';
    expect(readByPython(tags, file)).toMatchObject({
      executable: 'C:\\Program Files\\nodejs\\node.exe',
      arguments: '"C:\\Program Files\\cli.js" listen --account A&B "a\\"b" "ends in a space \\\\"',
    });
  });

  test.each([
    [[]],
    [['upstart']],
    [['systemd', 'export']],
    [['systemd', '--', 'messages']],
    [['systemd', '--', 'listen']],
    [['systemd', '--', 'serve', '--x']],
  ])('%j is wrong usage', async (args) => {
    const { code, command } = await runCommand(['service', ...args], { dataDirectory: freshFolder() });
    expect({ code, out: command.out }).toEqual({ code: 2, out: [] });
  });
});
