import { defineConfig } from 'electron-vite';
import renderer from './renderer/vite.config.ts';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: true,
      rollupOptions: {
        input: {
          index: 'main/index.ts',
          // These run beside the main thread: main/desktop-core.ts says where they stand.
          'store-worker': 'main/adapters/message-db/worker.ts',
          'keychain-helper': 'main/adapters/keychain/helper.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can require nothing but Electron: all else is bundled, as CommonJS.
      externalizeDeps: false,
      rollupOptions: { input: 'preload/index.ts', output: { format: 'cjs', entryFileNames: 'index.cjs' } },
    },
  },
  // electron-vite adds the Chrome it knows to these, and one browser named twice is an error.
  renderer: { ...renderer, build: { ...renderer.build, target: ['firefox128', 'safari18'] } },
});
