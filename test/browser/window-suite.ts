import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchChromium } from './chromium.ts';
import type { SceneName } from './scenes.ts';
import { serveWindow, type WindowServer } from './window-page.ts';

interface Beginning {
  readonly fragment?: string;
  /** Runs in the page after the fake core was put there, before the window's own script. */
  readonly script?: string;
}

export interface WindowSuite {
  readonly browser: () => Browser;
  readonly server: () => WindowServer;
  /** A page of the window on a scene. What it complains of fails the test. */
  readonly open: (scene: SceneName, options?: BrowserContextOptions & Beginning) => Promise<Page>;
}

/** One browser and one built window for all tests of a suite; each test has pages of its own. */
export function windowSuite(): WindowSuite {
  let browser: Browser;
  let server: WindowServer;
  const complaints: string[] = [];

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), serveWindow()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map(async (context) => await context.close()));
    // Exceptions, and what the page's content policy refused.
    expect(complaints.splice(0)).toEqual([]);
  });

  return {
    browser: () => browser,
    server: () => server,
    open: async (scene, { fragment = '', script = '', ...options } = {}) => {
      const viewport = { width: 1200, height: 800 };
      const page = await server.open(browser, scene, { viewport, ...options }, fragment, script);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
      await page.locator('.state-bar').waitFor();
      return page;
    },
  };
}
