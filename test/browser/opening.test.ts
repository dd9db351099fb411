import { describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { windowSuite } from './window-suite.ts';

/** Notes what is asked of the core, and whether rows stood there when the window first did. */
const watching = `
  const asked = [];
  const { call } = window.bridge;
  window.bridge.call = (name, input) => {
    asked.push(name);
    return call(name, input);
  };
  const watch = new MutationObserver(() => {
    if (!document.querySelector('.state-bar')) return;
    watch.disconnect();
    window.opening = { asked: [...asked], rows: document.querySelectorAll('.spacer .row').length };
  });
  watch.observe(document, { childList: true, subtree: true });
`;

/** The rows come only once somebody lets them. */
const slow = `
  const { call } = window.bridge;
  const untilThen = new Promise((resolve) => Object.assign(window, { letGo: resolve }));
  window.bridge.call = async (name, input) => {
    if (name === 'inbox.first' || name === 'inbox.page') await untilThen;
    return await call(name, input);
  };
`;

describe.skipIf(!hasChromium)(browserSuite('the window as it opens'), () => {
  const { open } = windowSuite();

  test('asks for the rows before anything that is drawn does, and is drawn together with them', async () => {
    const page = await open('live', { script: watching });
    const { asked, rows } = await page.evaluate(() => Reflect.get(window, 'opening'));
    expect(rows).toBeGreaterThan(20);
    const first = asked.find((name: string) => !['settings.get', 'snapshot.get'].includes(name));
    expect(first).toBe('inbox.page');
  });

  test('does not wait for rows that take long: the list says that it does', async () => {
    const page = await open('live', { script: slow });
    const list = page.getByRole('grid');
    await page.getByRole('button', { name: 'Settings' }).waitFor();
    expect(await list.getAttribute('aria-busy')).toBe('true');
    expect(await page.locator('.spacer .row').count()).toBe(0);
    await page.evaluate(() => Reflect.get(window, 'letGo')());
    await page.locator('.spacer .row').first().waitFor();
    expect(await list.getAttribute('aria-busy')).toBe('false');
  });
});
