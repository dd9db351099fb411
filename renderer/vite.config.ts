import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The window's bundle: files beside one another with relative addresses, so that any face can serve them. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    // Read from this computer's disk, not over a network.
    chunkSizeWarningLimit: 1000,
    // Whole, because electron-vite and Vite read a relative one from different folders.
    outDir: resolve('out', 'renderer'),
    emptyOutDir: true,
    minify: true,
    target: 'es2024',
    // light-dark() stays as it is written.
    cssTarget: ['chrome130', 'firefox128', 'safari18'],
    // What Vite would inline (small images as data:, the preload polyfill as a script) the content policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: 'renderer/index.html' },
  },
});
