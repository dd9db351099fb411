import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { linkScheme } from '../../main/core/deep-link.ts';
import { appId } from '../../main/desktop/app-id.ts';
import { buildArchive } from '../../resources/app-archive.ts';
import { shippedComponents } from '../../resources/bill-of-materials.ts';
import { runBuiltApp } from './running-app.ts';

const root = join(import.meta.dirname, '..', '..');
// What electron-builder itself stands on; it is no dependency of ours.
const require = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const appBuilder = createRequire(require.resolve('app-builder-lib'));

const { load } = appBuilder('js-yaml') as { load: (text: string) => Record<string, unknown> };
const { validateConfiguration } = appBuilder('./util/config/config') as {
  validateConfiguration: (config: unknown, logger: { add: () => void; isEnabled: boolean }) => Promise<void>;
};
const { extractAll, extractFile, listPackage, statFile } = appBuilder('@electron/asar') as {
  extractAll: (archive: string, folder: string) => void;
  statFile: (archive: string, path: string) => object;
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

  test('installs for one user on Windows, hardens the macOS build, and is known to Linux desktops', () => {
    expect(config).toMatchObject({
      nsis: { oneClick: true, perMachine: false },
      mac: { hardenedRuntime: true, target: [{ target: 'dmg', arch: 'universal' }], extendInfo: { LSUIElement: true } },
      linux: { target: ['deb', 'AppImage'], syncDesktopName: true },
      npmRebuild: false,
    });
    // Where desktops look for the app of a window, a badge and a notification.
    const { desktopName } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { desktopName: string };
    expect(config).toMatchObject({ linux: { executableName: desktopName.replace('.desktop', '') } });
  });
});

/** Every file below `folder`, as the archive names it. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')}`);
}

const components = shippedComponents(root);
const byPath = new Map(components.map((component) => [component.path, component]));
/** What the main process needs: package.json's dependencies and all that these need. */
const runtimePackages = new Set<string>();
function addRuntime(path: string): void {
  if (runtimePackages.has(path)) return;
  runtimePackages.add(path);
  for (const need of byPath.get(path)?.needs ?? []) if (byPath.has(need)) addRuntime(need);
}
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
for (const name of Object.keys(dependencies)) addRuntime(`node_modules/${name}`);

describe('a package for Linux', { timeout: 120_000 }, () => {
  let folder = '';
  let files: readonly string[] = [];
  const unpacked = () => join(folder, 'dist', 'linux-unpacked');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'package-'));
    const archive = join(await buildArchive(join(folder, 'dist')), 'resources', 'app.asar');
    const listed = listPackage(archive, { isPack: false });
    files = listed.filter((path) => !('files' in statFile(archive, path.slice(1))));
  }, 120_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('holds exactly what runs: of our own files', () => {
    const own = files.filter((file) => !file.startsWith('/node_modules/'));
    const built = ['out/main', 'out/preload', 'out/renderer'].flatMap(filesBelow);
    const icons = filesBelow('resources/tray/linux');
    expect(icons).toHaveLength(28);
    expect(own.toSorted()).toEqual(['/package.json', '/resources/app/256x256.png', ...built, ...icons].toSorted());
    // The built files themselves: a name apart from these is something new that ships.
    const names = built.map((file) => file.replace(/-[\w-]{8}(?=\.\w+$)/, ''));
    expect([...new Set(names)].toSorted()).toEqual([
      '/out/main/index.js',
      '/out/main/keychain-helper.js',
      '/out/main/protocol.js',
      '/out/main/server.js',
      '/out/main/ssh.js',
      '/out/main/store-worker.js',
      '/out/preload/index.cjs',
      '/out/renderer/assets/icon.svg',
      '/out/renderer/assets/index.css',
      '/out/renderer/assets/index.js',
      '/out/renderer/index.html',
    ]);
  });

  test('holds exactly what runs: of packages', () => {
    const packages = new Set(
      files.flatMap((file) => /^\/((?:node_modules\/(?:@[^/]+\/)?[^/]+\/?)+?)\/package\.json$/.exec(file)?.[1] ?? []),
    );
    const expected = [...runtimePackages].filter((path) => existsSync(join(root, path, 'package.json')));
    expect(expected.length).toBeGreaterThan(30);
    expect([...packages].filter((path) => byPath.has(path)).toSorted()).toEqual(expected.toSorted());
    for (const path of ['node_modules/react', 'node_modules/react-dom', 'node_modules/electron'])
      expect([path, packages.has(path)]).toEqual([path, false]);
  });

  test('holds no file of a kind that does not run', () => {
    const kinds = /\.(?:c|m)?js$|\.json$|\.node$|\/(?:LICEN[CS]E|COPYING)[^/]*$/i;
    const others = files.filter((file) => file.startsWith('/node_modules/') && !kinds.test(file));
    expect(others).toEqual([]);
    const unwanted = files.filter((file) =>
      /\/(?:tests?|__tests__|spec|docs|examples?)\/|\.(?:test|spec)\./.test(file),
    );
    expect(unwanted).toEqual([]);
  });

  test('is enough to run: the app starts from it, on the built-in ThingSpace, and tells of texts', async () => {
    const app = join(folder, 'extracted');
    extractAll(join(unpacked(), 'resources', 'app.asar'), app);
    const home = join(folder, 'home');
    await mkdir(home);
    const running = runBuiltApp(home, {}, ['--demo', '--hidden'], app);
    try {
      await vi.waitFor(async () => expect(await running.ask<readonly unknown[]>('notices')).not.toEqual([]), {
        timeout: 30_000,
        interval: 100,
      });
    } catch (error) {
      process.stderr.write(running.output());
      throw error;
    } finally {
      running.kill();
      await running.ended;
    }
  });

  test('keeps native modules of this system alone, outside the archive', () => {
    const native = files.filter((file) => file.endsWith('.node'));
    expect(new Set(native.map((file) => file.split('/')[2]))).toEqual(new Set(['@ngrok', 'better-sqlite3', 'keytar']));
    expect(native).toHaveLength(3);
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

  test('tells an update with the notes of its release', async () => {
    expect(config).toMatchObject({ releaseInfo: { releaseNotesFile: 'out/release-notes.md' } });
    expect((await readFile(join(root, 'out', 'release-notes.md'), 'utf8')).length).toBeGreaterThan(100);
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
