import { mkdir, rm } from 'node:fs/promises';
import { createFakeBridge } from '../fakes/fake-bridge.ts';
import { launchChromium } from './chromium.ts';
import { createHttpFace } from './http-face.ts';
import { sceneNames } from './scenes.ts';
import { stagedPictures } from './staged.ts';
import { serveWindow } from './window-page.ts';

const browser = await launchChromium();
const server = await serveWindow();
const asked = process.argv.slice(2);
/** `npm run screenshots -- es`: in Spanish. What is played is found by its English words, so the language changes last. */
const spanish = asked.includes('es');
const only = asked.filter((name) => name !== 'es');
if (only.includes('readme')) await shootReadme();
if (asked.length === 0) await rm('screenshots', { recursive: true, force: true });
await mkdir('screenshots', { recursive: true });

for (const width of [360, 1024, 1920]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const viewport = { width, height: width === 360 ? 740 : width === 1024 ? 700 : 1080 };
    await shootConnections(viewport, colorScheme, width);
    const shots = [...sceneNames.map((scene) => ({ scene, name: scene, play: undefined })), ...stagedPictures];
    for (const { scene, name, play } of shots.filter((shot) => only.length === 0 || only.includes(shot.name))) {
      const page = await server.open(browser, scene, { colorScheme, viewport });
      await page.locator('.state-bar').waitFor();
      await play?.(page);
      if (spanish) await page.evaluate(preferSpanish);
      await page.waitForTimeout(250);
      await page.screenshot({ path: `screenshots/${name}-${width}-${colorScheme}${spanish ? '-es' : ''}.png` });
      await page.context().close();
    }
  }
}
await server.close();
await browser.close();

/** In the page: the person's browser asks for Spanish from now on. */
function preferSpanish(): void {
  Object.defineProperty(navigator, 'languages', { get: () => ['es-ES'] });
  dispatchEvent(new Event('languagechange'));
}

/** What a browser shows when nothing answers its calls, and when they are refused. */
async function shootConnections(
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark',
  width: number,
): Promise<void> {
  const refusing = await server.serve(createHttpFace(createFakeBridge(), 'another token'));
  const states = [
    { name: 'app-ended', address: server.origin },
    { name: 'session-refused', address: `http://127.0.0.1:${refusing.port}/` },
  ];
  for (const { name, address } of states.filter((state) => only.length === 0 || only.includes(state.name))) {
    const page = await browser.newPage({ viewport, colorScheme });
    await page.goto(address);
    await page.getByRole('heading').waitFor();
    await page.screenshot({ path: `screenshots/${name}-${width}-${colorScheme}.png` });
    await page.close();
  }
  await refusing.close();
}

/** The pictures of the README: `npm run screenshots -- readme`. */
async function shootReadme(): Promise<void> {
  const pictures = [
    { name: 'window', staged: 'opened', colorScheme: 'light', viewport: { width: 1200, height: 700 } },
    { name: 'device', staged: 'commands', colorScheme: 'light', viewport: { width: 900, height: 760 } },
    { name: 'narrow', staged: 'live', colorScheme: 'dark', viewport: { width: 360, height: 640 } },
  ] as const;
  await mkdir('docs/images', { recursive: true });
  for (const { name, staged, ...options } of pictures) {
    const stage = stagedPictures.find((one) => one.name === staged);
    const page = await server.open(browser, stage?.scene ?? 'live', options);
    await page.locator('.spacer .row').first().waitFor();
    await stage?.play(page);
    await page.waitForTimeout(250);
    await page.screenshot({ path: `docs/images/${name}.png` });
    await page.context().close();
  }
}
