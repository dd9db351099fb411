import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/bench/**'],
    reporters: ['default', './test/count-reporter.ts'],
    // Each file has its own servers, folders and processes; two at a time leave both cores busy.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A machine of continuous integration may stand still for a minute. A test that passed only then is named at the end.
    retry: process.env['CI'] === 'true' ? 2 : 0,
    // The store's threads load sources, whose types Node takes out with WebAssembly. V8 has ended a process while such
    // code was compiled behind several threads; what is kept from the run before needs none, and one tier is enough.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'compile') },
    execArgv: ['--no-wasm-tier-up'],
  },
});
