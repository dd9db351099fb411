import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { stagedPictures } from './staged.ts';
import { windowSuite } from './window-suite.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Screens that take presses to see; those of the main window are walked in its own test. */
const walked =
  /^(commands|commands-menu|send-options|bench|bench-report|doctor|forwards|device-dialog|grouped|export|gap|settings-.+|set-up-.+)$/;

describe.skipIf(!hasChromium)(browserSuite('each dialog and step in Chromium'), () => {
  const { open } = windowSuite();

  test.each(stagedPictures.filter(({ name }) => walked.test(name)))(
    'is accessible in both themes: $name',
    async ({ scene, play }) => {
      const page = await open(scene, { colorScheme: 'light', reducedMotion: 'reduce' });
      await play(page);
      await page.evaluate(axe);
      const light = await seriousFaults(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect({ light, dark: await seriousFaults(page) }).toEqual({ light: [], dark: [] });
    },
  );
});

async function seriousFaults(page: Page): Promise<readonly string[]> {
  return await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof axeCore };
    return (await axe.run()).violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
  });
}
