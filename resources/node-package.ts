import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { builtWindow } from '../main/built-window.ts';
import { commandTable } from '../main/terminal/command-table.ts';
import { manPage } from '../main/terminal/man-page.ts';

/*
 * The package for npm: the command `thingspace-sms` and the simulator, without the desktop. Node takes no types out of
 * what stands in node_modules, so the sources are built to JavaScript first. `npm run package:node` makes it in dist/.
 */

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);
const manifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
});
/** Loaded by the desktop alone (main/adapters/settings.ts). */
const desktopOnly = ['electron-store'];
const documents = ['README.md', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md', 'docs'];

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(ending));
}

/** The packages that built files load. */
function importsOf(folder: string): readonly string[] {
  const specifiers = filesIn(folder, '.js').flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)'([^'.][^']*)'/gm)].map(
      ([, found = '']) => found,
    );
  });
  const names = specifiers.map((specifier) => (/^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? [''])[0]);
  return [...new Set(names)].filter((name) => !name.startsWith('node:') && !builtinModules.includes(name)).sort();
}

/** Types are for those who import the simulator; the rest is a program. */
function dropOtherTypes(folder: string): void {
  for (const file of filesIn(folder, '.d.ts'))
    if (!file.startsWith(join('main', 'simulator') + sep)) rmSync(join(folder, file));
}

function manifestFor(folder: string) {
  const { dependencies, ...about } = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const needed = importsOf(join(folder, 'main')).filter((name) => !desktopOnly.includes(name));
  const simulator = './main/simulator/server';
  return {
    ...about,
    type: 'module',
    bin: { 'thingspace-sms': 'main/cli.js' },
    man: ['man/thingspace-sms.1'],
    exports: {
      './simulator': { types: `${simulator}.d.ts`, default: `${simulator}.js` },
      './package.json': './package.json',
    },
    dependencies: Object.fromEntries(
      needed.map((name) => {
        const version = dependencies[name];
        if (version === undefined) throw new Error(`${name} is imported, but is no dependency`);
        return [name, version];
      }),
    ),
  };
}

/** Makes the package as a folder, from which `npm pack` or `npm install` take it. */
export async function makeNodePackage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [tsc, '-p', join(root, 'tsconfig.package.json'), '--outDir', folder], { cwd: root });
  dropOtherTypes(folder);
  const window = await builtWindow();
  if (!window.ok) throw new Error(window.error);
  cpSync(window.value, join(folder, 'out', 'renderer'), { recursive: true });
  for (const document of documents) cpSync(join(root, document), join(folder, document), { recursive: true });
  mkdirSync(join(folder, 'man'));
  writeFileSync(join(folder, 'man', 'thingspace-sms.1'), `${manPage(commandTable)}\n`);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifestFor(folder), null, 2)}\n`);
}

if (import.meta.main) {
  const folder = join(root, 'out', 'package');
  const packages = join(root, 'dist');
  await makeNodePackage(folder);
  mkdirSync(packages, { recursive: true });
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', packages], { cwd: folder });
  console.log(join(packages, stdout.trim()));
}
