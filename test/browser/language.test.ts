import { describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { windowSuite } from './window-suite.ts';

describe.skipIf(!hasChromium)(browserSuite('the window’s language, in Chromium'), () => {
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
});
