import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from '../browser/chromium.ts';
import { end } from '../fakes/bus-daemon.ts';
import { debuggingPort, evaluateIn } from './session/page.ts';
import { type Session, startSession } from './session/session.ts';
import { until } from './session/tray-host.ts';

/*
 * The same session with programs that others wrote: the tray icon of Chromium, whose code is what Electron's icons are
 * made of on Linux, and libnotify, which Electron loads for its notifications.
 */

let session: Session;
let child: ChildProcess | null = null;

beforeEach(async () => {
  session = await startSession(true);
});

afterEach(async () => {
  await end(child);
  child = null;
  await session.close();
});

describe.skipIf(!hasChromium)(browserSuite('Chromium in the session'), () => {
  /** With an extension that stays when the last window closes, Chromium shows an icon. */
  async function startChromium(): Promise<() => string> {
    const extension = join(session.folder, 'extension');
    await mkdir(extension);
    const manifest = { manifest_version: 3, name: 'Stays', version: '1', permissions: ['background'] };
    const background = { background: { service_worker: 'worker.js' } };
    await writeFile(join(extension, 'manifest.json'), JSON.stringify({ ...manifest, ...background }));
    await writeFile(join(extension, 'worker.js'), '');
    const quiet = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
    const own = [`--load-extension=${extension}`, `--user-data-dir=${join(session.folder, 'profile')}`];
    const page = 'data:text/html,<title>ours</title><p>Door open';
    const program = spawn('/usr/bin/chromium', [...quiet, ...own, '--remote-debugging-port=0', page], {
      env: session.environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = program;
    let output = '';
    program.stderr.setEncoding('utf8').on('data', (words: string) => {
      output += words;
    });
    return () => output;
  }

  test('its tray icon is found and read, a click in its menu ends it, and its page can be looked into', {
    timeout: 90_000,
  }, async () => {
    const output = await startChromium();
    const item = await session.tray.item();
    expect(item.tooltip).toBe('Chromium');
    expect(item.pictures.length).toBeGreaterThan(0);
    expect((await item.menu()).map(({ label }) => label)).toEqual(expect.arrayContaining(['Stays', 'Exit']));
    const port = await until(() => debuggingPort(output()), 'the port of the page');
    const shown = () => evaluateIn(port, 'data:', "document.body.innerText.includes('Door open')");
    expect(await until(async () => ((await shown()) === true ? true : null), 'the page')).toBe(true);
    expect(await evaluateIn(port, 'app:', '1')).toBeNull();
    // Chromium makes its menu anew while it starts, and a click in the menu before is one on nothing.
    const ended = () => child?.exitCode === 0;
    await until(async () => {
      if (!ended()) await item.click('Exit').catch(() => undefined);
      return ended() || null;
    }, 'the end by its menu');
  });
});

test('a notification by libnotify is seen, and a click on it is told to the program', async () => {
  const shown = promisify(execFile)('notify-send', ['-A', 'default=View', '5551230001', 'Door &lt;open&gt;'], {
    env: session.environment,
  });
  const found = await session.notifications.find(({ title }) => title === '5551230001', 'of notify-send');
  expect(found).toMatchObject({ body: 'Door &lt;open&gt;', actions: ['default', 'View'] });
  session.notifications.click(found.id);
  expect((await shown).stdout.trim()).toBe('default');
});
