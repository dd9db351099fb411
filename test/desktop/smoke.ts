import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { _electron as electron, type Page } from 'playwright-core';

/*
 * For a machine with Electron's binary and a display: `npm run build && npm run smoke:electron`. Starts the built app
 * on the built-in simulator, reads texts in its window, closes the window, and quits. It does not see the tray icon or
 * a notification: those belong to the desktop, and no one test can look at every desktop.
 */

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'node_modules', 'electron');

function findElectron(): string | null {
  const pathFile = join(folder, 'path.txt');
  const path = existsSync(pathFile) ? join(folder, 'dist', readFileSync(pathFile, 'utf8').trim()) : null;
  return path !== null && existsSync(path) ? path : null;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** By evaluate: the window's policy forbids the eval that `waitForFunction` polls with. */
async function textsArrive(page: Page): Promise<void> {
  const ask = `window.bridge.call('inbox.page', {}).then((page) => page.ok && page.value.messages.length > 0)`;
  for (const until = Date.now() + 30_000; Date.now() < until; await setTimeout(250)) {
    if ((await page.evaluate(ask)) === true) return;
  }
  throw new Error('no text arrived within 30 s');
}

async function smoke(executablePath: string): Promise<void> {
  const app = await electron.launch({ executablePath, args: ['.', '--demo'], cwd: root });
  try {
    const page = await app.firstWindow();
    say(`The window shows ${page.url()}.`);
    await textsArrive(page);
    say('Texts arrive.');
    const reach = await page.evaluate('[typeof require, typeof process, Object.keys(window.bridge).sort().join()]');
    if (String(reach) !== 'undefined,undefined,call,onSnapshot') throw new Error(`the page reaches ${String(reach)}`);
    say('The page reaches the bridge and nothing else.');
  } finally {
    await app.close();
  }
  say('The app has quit.');
}

const executable = findElectron();
if (executable === null) say("Electron's binary is not on this machine, so nothing was run.");
else await smoke(executable);
