import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../main/simulator/server.ts';
import { credentialsOf } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { storeTexts } from './stored-texts.ts';

const root = join(import.meta.dirname, '..', '..');
const recipes = readFileSync(join(root, 'docs', 'recipes.md'), 'utf8');

function block(mark: string): string {
  const [, code = ''] = new RegExp(`<!-- ${mark} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(recipes) ?? [];
  expect(code).not.toBe('');
  return code;
}

function has(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Puts the command of the checkout into a folder, and says how a shell finds it. */
function installInto(folder: string) {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const command = `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'main', 'cli.ts')}" "$@"\n`;
  writeFileSync(join(bin, 'thingspace-sms'), command, { mode: 0o755 });
  return {
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: folder,
    THINGSPACE_SMS_DATA_DIR: join(folder, 'data'),
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  };
}

/** Runs a recipe as it stands in an empty folder. */
function run(script: string, folder: string) {
  return spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8', timeout: 60_000, env: installInto(folder) });
}

/** Runs one that goes on, to the end of the test. Returns what it has printed so far. */
function runOn(script: string, folder: string, environment: NodeJS.ProcessEnv): () => string {
  const env = { ...installInto(folder), ...environment };
  const child = spawn('sh', ['-c', script], { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    // The shell, and what it has started.
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await ended;
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed += String(chunk);
    });
  return () => printed;
}

/** Another one each time: other tests run beside this one. */
async function freePort(): Promise<string> {
  const taken = await startSimulator({ port: 0 });
  await taken.close();
  return new URL(taken.origin).port;
}

test('every block of code is run, here or in installed.test.ts', () => {
  const blocks = recipes.split(/^```$/m).filter((part) => part.includes('```'));
  const marks = blocks.map((part) => /<!-- run: (.*) -->\n```\w+\n/.exec(part)?.[1]);
  const here = ['ci', 'python', 'endpoint', 'forward', 'export', 'service', 'service of one account'];
  expect(new Set(marks)).toEqual(new Set([...here, 'vitest']));
});

describe('recipes that a shell runs', () => {
  test.skipIf(!has('curl'))('the test in CI ends with 0 and the text', async () => {
    const folder = freshFolder();
    const { status, stdout, stderr } = run(block('run: ci').replaceAll('8099', await freePort()), folder);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stdout).toContain('"text":"door open"');
  });

  test.skipIf(!has('python3'))('the test in Python passes', () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'door_test.py'), block('run: python'));
    const { status, stderr } = run('python3 door_test.py', folder);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr).toContain('Ran 1 test');
  });

  test('the endpoint takes a forwarded text that matches, by its signature', async () => {
    const folder = freshFolder();
    const simulator = await freshSimulator();
    const port = await freePort();
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'endpoint.mjs'), block('run: endpoint').replaceAll('3000', port));
    const printed = runOn(block('run: forward').replaceAll('3000', port), folder, {
      THINGSPACE_API_BASE: simulator.origin,
      ...credentialsOf(simulator),
    });
    const account = '0000123456-00001';
    await expect.poll(() => simulator.registrations(account).length, { timeout: 20_000 }).toBe(1);
    const deviceIds = [{ kind: 'mdn', id: '7022895555' }];
    for (const text of ['all is well', 'alarm 1']) await simulator.deviceTexts(account, { deviceIds, text }).settled;
    await expect.poll(printed, { timeout: 20_000 }).toMatch(/smsMessage: 'alarm 1'/);
    expect(printed()).not.toMatch(/smsMessage: 'all is well'/);
  });

  test('the nightly export is whole', async () => {
    const folder = freshFolder();
    await storeTexts(join(folder, 'data'), [{ text: 'today', receivedAt: Date.now() }, { text: 'long ago' }]);
    const { status, stdout } = run(block('run: export'), folder);
    expect(status).toBe(0);
    expect(stdout).toContain('Whole and unchanged: 1 row.');
    const [name = ''] = readdirSync(folder).filter((file) => file.endsWith('.csv'));
    expect(readFileSync(join(folder, name), 'utf8')).toContain(',today,');
  });

  test('the service files are made', () => {
    const folder = freshFolder();
    expect(run(block('run: service'), folder)).toMatchObject({ status: 0 });
    const unit = readFileSync(join(folder, '.config/systemd/user/thingspace-sms.service'), 'utf8');
    expect(unit).toMatch(/^ExecStart=.* serve --no-open --json --data-dir \S+data$/m);
    expect(run(block('run: service of one account'), folder)).toMatchObject({ status: 0 });
    const other = readFileSync(join(folder, 'thingspace-sms.service'), 'utf8');
    expect(other).toMatch(/^ExecStart=.* listen --account 0000123456-00001 --mode poll --json --data-dir \S+data$/m);
  });
});
