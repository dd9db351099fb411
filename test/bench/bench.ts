/*
 * Every figure of docs/performance.md, measured beside its floor and its peers in one run.
 * npm run bench            all parts
 * npm run bench -- PART…   some: callbacks, tunnel, screen, drain, million, memory, start-up
 * --quick                  fewer rounds and smaller data
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { createSurroundings, type Part } from './harness/bench.ts';
import { createReportBook } from './harness/report.ts';

const parts: Readonly<Record<string, () => Promise<Part>>> = {
  callbacks: async () => (await import('./parts/callbacks.ts')).callbacks,
  tunnel: async () => (await import('./parts/tunnel.ts')).tunnel,
  screen: async () => (await import('./parts/screen.ts')).screen,
  drain: async () => (await import('./parts/drain.ts')).drain,
  million: async () => (await import('./parts/million.ts')).million,
  memory: async () => (await import('./parts/memory.ts')).memory,
  'start-up': async () => (await import('./parts/start-up.ts')).startUp,
};

// As the command line does for itself and its threads: what the sources compile to is kept.
process.env['NODE_COMPILE_CACHE'] = enableCompileCache().directory;

const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = chosen.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

const surroundings = createSurroundings(process.argv.includes('--quick'));
const book = createReportBook();
try {
  for (const [name, load] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    console.log(`${name}:`);
    await (await load())(surroundings.bench(book.part(name)));
  }
} finally {
  await surroundings.close();
}
book.finish(join(import.meta.dirname, '..', '..', 'bench-results.json'));
