import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startSimulator } from '../../main/simulator/server.ts';
import { freshFolder } from './place.ts';
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

/** Runs a recipe as it stands in an empty folder, with the command of the checkout. */
function run(script: string, folder: string) {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const command = `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'main', 'cli.ts')}" "$@"\n`;
  writeFileSync(join(bin, 'thingspace-sms'), command, { mode: 0o755 });
  return spawnSync('sh', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: {
      PATH: `${bin}:${process.env['PATH']}`,
      HOME: folder,
      THINGSPACE_SMS_DATA_DIR: join(folder, 'data'),
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    },
  });
}

describe('recipes that a shell runs', () => {
  test.skipIf(!has('curl'))('the test in CI ends with 0 and the text', async () => {
    const folder = freshFolder();
    // Another port each time: other tests run beside this one.
    const free = await startSimulator({ port: 0 });
    const { port } = new URL(free.origin);
    await free.close();
    const { status, stdout, stderr } = run(block('run: ci').replaceAll('8099', port), folder);
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

  test('the nightly export is whole', async () => {
    const folder = freshFolder();
    await storeTexts(join(folder, 'data'), [{ text: 'today', receivedAt: Date.now() }, { text: 'long ago' }]);
    const { status, stdout } = run(block('run: export'), folder);
    expect(status).toBe(0);
    expect(stdout).toContain('1 rows');
    const [name = ''] = readdirSync(folder).filter((file) => file.endsWith('.csv'));
    expect(readFileSync(join(folder, name), 'utf8')).toContain(',today,');
  });
});

describe('service files', () => {
  test('stop in time, start only known commands, and are not tried again after a refused sign-in', () => {
    const unit = block('check: systemd');
    expect(unit).toMatch(/^ExecStart=\/usr\/bin\/env thingspace-sms serve --no-open --json$/m);
    expect(unit).toMatch(/^RestartPreventExitStatus=2 3$/m);
    expect(Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1])).toBeGreaterThan(5);
    expect(block('check: windows')).toContain('<arguments>serve --no-open --json</arguments>');
  });

  test.skipIf(!existsSync('/usr/bin/systemd-analyze'))('systemd accepts the unit', () => {
    const path = join(freshFolder(), 'thingspace-sms.service');
    writeFileSync(path, block('check: systemd'));
    const { stderr } = spawnSync('systemd-analyze', ['--user', 'verify', path], { encoding: 'utf8' });
    expect(stderr.split('\n').filter((line) => line.includes('thingspace-sms.service:'))).toEqual([]);
  });

  test.each(['launchd', 'windows'])('the tags of %s are all closed', (name) => {
    const open: string[] = [];
    for (const [, slash, tag = '', self] of block(`check: ${name}`).matchAll(/<(\/?)([a-z]+)[^>?!]*?(\/?)>/gi)) {
      if (slash) expect(open.pop()).toBe(tag);
      else if (!self) open.push(tag);
    }
    expect(open).toEqual([]);
  });
});
