import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import type { HttpFace } from './http-face.ts';
import type { PageSetup } from './page-bridge.ts';
import { type SceneName, sceneTime } from './scenes.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const chromiumPage: BrowserContextOptions = {
  locale: 'en-US',
  timezoneId: 'America/New_York',
  permissions: ['clipboard-read', 'clipboard-write'],
};

/** The window's production bundle behind a plain file server, and pages of it with a fake core. */
export interface WindowServer {
  readonly origin: string;
  /** A page whose bridge is the fake one, as the preload would give it. `script` runs before the window's own. */
  readonly open: (
    browser: Browser,
    scene: SceneName,
    options?: BrowserContextOptions,
    fragment?: string,
    script?: string,
  ) => Promise<Page>;
  /** The same files with a face that answers calls, on a port of its own. */
  readonly serve: (face: HttpFace, port?: number) => Promise<Served>;
  readonly close: () => Promise<void>;
}

export interface Served {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export async function serveWindow(): Promise<WindowServer> {
  const folder = await mkdtemp(join(tmpdir(), 'window-'));
  await build({ configFile: 'renderer/vite.config.ts', logLevel: 'error', build: { outDir: folder } });
  const bridge = await bundled('test/browser/page-bridge.ts');
  const files = await listen(folder, null, 0);
  const origin = `http://127.0.0.1:${files.port}`;
  return {
    origin,
    open: async (browser, scene, options = {}, fragment = '', script = '') => {
      const context = await browser.newContext({ ...chromiumPage, ...options });
      const page = await context.newPage();
      await page.clock.setFixedTime(sceneTime);
      const setup: PageSetup = { sceneName: scene };
      const content = `Object.assign(window, ${JSON.stringify(setup)});\n${bridge}\n${script}`;
      await page.addInitScript({ content });
      await page.goto(`${origin}/${fragment}`);
      return page;
    },
    serve: async (face, port = 0) => await listen(folder, face, port),
    close: async () => {
      await files.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function listen(folder: string, face: HttpFace | null, port: number): Promise<Served> {
  const server = createServer((request, response) => {
    if (face?.handle(request, response)) return;
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    readFile(join(folder, path === '/' ? 'index.html' : path)).then(
      (body) =>
        response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'text/html; charset=utf-8' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  if (face) server.on('upgrade', face.upgrade);
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      face?.end();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** One file with what it imports, as a classic script. */
async function bundled(entry: string): Promise<string> {
  const outcome = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2024', lib: { entry, formats: ['iife'], name: 'pageBridge' } },
  });
  const [output] = Array.isArray(outcome) ? outcome : [];
  const chunk = output?.output[0];
  if (chunk?.type !== 'chunk') throw new Error(`${entry} made no script.`);
  return chunk.code;
}
