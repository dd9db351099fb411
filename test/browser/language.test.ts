import { describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { windowSuite } from './window-suite.ts';

describe.skipIf(!hasChromium)(browserSuite('the window’s language and the person’s eyes, in Chromium'), () => {
  const { open } = windowSuite();

  test('is the browser’s at first, down to dates and numbers', async () => {
    const page = await open('live', { locale: 'es-ES' });
    await page.getByText('1204 mensajes').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('es-ES');
    await page.getByRole('columnheader', { name: 'Dispositivo' }).waitFor();
  });

  test('is English where there are no words for the browser’s', async () => {
    const page = await open('live', { locale: 'fr-FR' });
    await page.getByText('1,204 texts').waitFor();
  });

  test('changes at once when another is chosen, and back', async () => {
    const page = await open('live');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'Español' }).check({ force: true });
    await page.getByRole('heading', { name: 'Ajustes' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    await page.getByRole('radio', { name: 'English' }).check({ force: true });
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  });

  test('fits at 200 % zoom: nothing is cut off sideways, and the list and its search can be used', async () => {
    // A window of 1280 px at 200 % is one of 640 px with twice the pixels.
    for (const locale of ['en-US', 'es-ES'])
      for (const scene of ['live', 'needs-you', 'other-holder', 'empty'] as const) {
        const page = await open(scene, { locale, viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
        const wide = await page.evaluate(
          () =>
            [...document.querySelectorAll('.state-bar *, .search-bar *, .blank *')].filter((part) => {
              const { right, left } = part.getBoundingClientRect();
              return right > innerWidth + 1 || left < -1;
            }).length,
        );
        expect([scene, locale, wide]).toEqual([scene, locale, 0]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(640);
        expect((await page.getByRole('grid').boundingBox())?.height).toBeGreaterThan(120);
        await page.context().close();
      }
  });

  test('settings stay within their dialog in a narrow window, in the longer language', async () => {
    const page = await open('settings', { locale: 'es-ES', viewport: { width: 360, height: 740 } });
    await page.getByRole('button', { name: 'Mostrar las cuentas' }).click();
    await page.getByRole('button', { name: 'Ajustes' }).click();
    const dialog = page.getByRole('dialog');
    const found: string[] = [];
    for (const tab of await dialog.getByRole('tab').all()) {
      await tab.click();
      const days = dialog.getByLabel('Borrar los mensajes al cabo de tantos días');
      if (await days.isVisible()) await days.fill('30');
      if (await days.isVisible()) await dialog.getByRole('button', { name: 'Borrar 214 mensajes' }).waitFor();
      found.push(
        ...(await dialog.evaluate((element) => {
          const edges = element.getBoundingClientRect();
          return [...element.querySelectorAll('button, .choices')]
            .filter((part) => part.checkVisibility())
            .filter((part) => {
              const { left, right } = part.getBoundingClientRect();
              return left < edges.left || right > edges.right || part.scrollWidth > part.clientWidth + 1;
            })
            .map((part) => part.textContent);
        })),
      );
    }
    expect(found).toEqual([]);
  });

  test('what is searched can be read in a narrow window', async () => {
    const page = await open('live', { viewport: { width: 360, height: 740 } });
    const field = page.getByRole('combobox');
    await field.fill('device:5551230038 "pump 3 stopped"');
    expect(await field.evaluate((input) => input.scrollWidth - input.clientWidth)).toBe(0);
  });

  test('keeps every bound and light with forced colours', async () => {
    const page = await open('needs-you', { forcedColors: 'active' });
    const button = page.locator('.state-bar .button');
    const style = await button.evaluate((part) => {
      const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(part);
      return { borderTopWidth, borderTopStyle, differs: borderTopColor !== backgroundColor };
    });
    expect(style).toEqual({ borderTopWidth: '1px', borderTopStyle: 'solid', differs: true });
    expect(await page.locator('.state-bar .light').evaluate((light) => getComputedStyle(light).color)).not.toBe(
      await page.locator('.state-bar').evaluate((bar) => getComputedStyle(bar).backgroundColor),
    );
  });

  test('moves nothing with reduced motion', async () => {
    const page = await open('live', { reducedMotion: 'reduce' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((part) => {
          const { animationName, animationDuration, transitionDuration } = getComputedStyle(part);
          const lasts = (duration: string): boolean => duration.split(',').some((one) => Number.parseFloat(one) > 0);
          return (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration);
        }).length,
    );
    expect(moving).toBe(0);
  });
});
