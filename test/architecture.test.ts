import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemCodes } from '../preload/contract/errors.ts';

const root = resolve(import.meta.dirname, '..');

/** The layers, most special folder first, and what each may import: other layers, or packages by name. */
const layers: readonly {
  readonly folder: string;
  readonly layers: readonly string[];
  readonly packages: 'any' | readonly string[];
}[] = [
  { folder: 'preload/contract', layers: [], packages: ['zod'] },
  { folder: 'preload', layers: ['preload/contract'], packages: ['electron'] },
  { folder: 'renderer', layers: ['preload/contract'], packages: 'any' },
  { folder: 'main/core', layers: ['preload/contract'], packages: [] },
  { folder: 'main/services', layers: ['main/core', 'preload/contract'], packages: [] },
  { folder: 'main/adapters', layers: ['main/core', 'preload/contract'], packages: 'any' },
  { folder: 'main/desktop', layers: ['main/core', 'main/services', 'preload/contract'], packages: ['electron'] },
  { folder: 'main/web', layers: ['main/core', 'main/services', 'preload/contract'], packages: ['node:', 'ws'] },
  { folder: 'main/terminal', layers: ['main/core', 'main/services', 'preload/contract'], packages: ['node:'] },
  { folder: 'main/simulator', layers: [], packages: ['node:'] },
  {
    folder: 'main',
    layers: [
      'main/core',
      'main/services',
      'main/adapters',
      'main/desktop',
      'main/web',
      'main/terminal',
      'main/simulator',
      'preload/contract',
    ],
    packages: 'any',
  },
];
/** What only some may import, whatever the table above says of packages. */
const reserved = [
  { package: 'electron', folders: ['main/desktop', 'preload'], files: ['main/index.ts'] },
  { package: 'ky', folders: ['main/adapters/thingspace'], files: [] },
  { package: 'better-sqlite3', folders: ['main/adapters/message-db', 'main/adapters/owner'], files: [] },
];

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)['"]([^'"]+)['"]/gm)].map(
    (found) => found[1] ?? '',
  );
}

/** Of these what is there when it runs: all but types. */
function loadsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^;'"]*?\sfrom\s+)?'([^']+)'/gm)].map(
    ([, name = '']) => name,
  );
}

function layerOf(file: string): string | null {
  return layers.find(({ folder }) => file.startsWith(`${folder}/`))?.folder ?? null;
}

function isAllowed(file: string, specifier: string): boolean {
  const own = layerOf(file);
  const rules = layers.find(({ folder }) => folder === own);
  if (!own || !rules) return false;
  if (!specifier.startsWith('.')) {
    const keeper = reserved.find(({ package: name }) => specifier === name || specifier.startsWith(`${name}/`));
    if (keeper) return keeper.files.includes(file) || keeper.folders.some((folder) => file.startsWith(`${folder}/`));
    if (own === 'renderer' && specifier.startsWith('node:')) return false;
    return (
      rules.packages === 'any' ||
      rules.packages.some((name) => (name.endsWith(':') ? specifier.startsWith(name) : specifier === name))
    );
  }
  if (specifier.endsWith('.css')) return own === 'renderer';
  const target = relative(root, resolve(root, dirname(file), specifier))
    .split(sep)
    .join('/');
  const there = layerOf(target);
  if (there !== own) return there !== null && rules.layers.includes(there);
  return own !== 'main/adapters' || sameAdapter(file, target);
}

/** Shared by adapters: nothing but where time, folders, small files and their schemas come from. */
const sharedAdapters = ['main/adapters/document.ts', 'main/adapters/clock.ts', 'main/adapters/folder.ts'];

/** Adapters do not know one another: a file belongs to the folder, or the file, of its own name. */
function sameAdapter(file: string, target: string): boolean {
  const adapter = (path: string): string => (path.split('/')[2] ?? '').replace(/\.ts$/, '');
  return adapter(file) === adapter(target) || sharedAdapters.includes(target);
}

// How the window is built is no part of it.
const files = [...sourceFiles('main'), ...sourceFiles('preload'), ...sourceFiles('renderer')].filter(
  (file) => file !== 'renderer/vite.config.ts',
);

describe('layers', () => {
  test('the check reads every layer', () => {
    for (const { folder } of layers)
      expect(
        files.filter((file) => layerOf(file) === folder),
        folder,
      ).not.toEqual([]);
  });

  test('no import crosses the table of layers', () => {
    const crossings = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => !isAllowed(file, specifier))
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(crossings).toEqual([]);
  });

  test('the threads of the store load nothing but SQLite: they start with every run, and each has its own of all', () => {
    const loaded = new Set(['main/adapters/message-db/worker.ts']);
    const packages = new Set<string>();
    for (const file of loaded)
      for (const specifier of loadsOf(file))
        if (specifier.startsWith('.')) loaded.add(join(dirname(file), specifier).split(sep).join('/'));
        else packages.add(specifier);
    expect(loaded.size).toBeGreaterThan(30);
    expect([...packages].filter((name) => !name.startsWith('node:'))).toEqual(['better-sqlite3']);
  });

  test('nothing that ships imports a test', () => {
    expect(files.filter((file) => importsOf(file).some((specifier) => /(?:^|\/)test\//.test(specifier)))).toEqual([]);
  });
});

describe('where things are read', () => {
  const users = (pattern: RegExp): readonly string[] =>
    files.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));

  test('only the entries read the command line and the environment', () => {
    const entries = ['main/cli.ts', 'main/start.ts', 'main/index.ts', 'main/config.ts'];
    expect(users(/\bprocess\.(?:argv|env)\b/).filter((file) => !entries.includes(file))).toEqual([]);
  });

  test('nothing writes HTML or runs text as code', () => {
    const html = /\b(?:innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|srcdoc)\b|document\.write/i;
    const code = /\beval\(|\bnew Function\(|\bnode:vm\b|\bexecuteJavaScript\(/;
    expect(users(html).filter((file) => /^(?:renderer|preload)\//.test(file))).toEqual([]);
    expect(users(code)).toEqual([]);
  });

  test('core and services do not read time by themselves', () => {
    const offenders = users(/\bDate\.now\(|\bnew Date\(\)|\bset(?:Timeout|Interval)\(|\bMath\.random\(/);
    expect(offenders.filter((file) => /^main\/(?:core|services)\//.test(file))).toEqual([]);
  });

  test('every code of a problem is one that something tells', () => {
    const unused = problemCodes.filter(
      (code) => !users(new RegExp(`'${code}'`)).some((file) => file.startsWith('main/')),
    );
    expect(unused).toEqual([]);
  });
});
