import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  mkdirSync(bin, { recursive: true });
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

  test('the service files are made', () => {
    const folder = freshFolder();
    expect(run(block('run: service'), folder)).toMatchObject({ status: 0 });
    const unit = readFileSync(join(folder, '.config/systemd/user/thingspace-sms.service'), 'utf8');
    expect(unit).toMatch(/^ExecStart=.* serve --no-open --json$/m);
    expect(run(block('run: service of one account'), folder)).toMatchObject({ status: 0 });
    const other = readFileSync(join(folder, 'thingspace-sms.service'), 'utf8');
    expect(other).toMatch(/^ExecStart=.* listen --account 0000123456-00001 --mode poll --json$/m);
  });
});
