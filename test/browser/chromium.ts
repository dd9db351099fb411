import { existsSync } from 'node:fs';
import { env } from 'node:process';
import { type Browser, chromium } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** False leaves the browser tests out, by name. With CI=true a missing browser fails instead: nothing goes untested there. */
export const hasChromium = existsSync(executablePath) || env['CI'] === 'true';

/** Says why in the skipped suite's own name. */
export function browserSuite(name: string): string {
  return hasChromium ? name : `${name} (skipped: no ${executablePath}; apt-get install chromium)`;
}

/** Debian's Chromium, without anything that speaks to the outside. */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error(`There is no ${executablePath}: apt-get install chromium`);
  return await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
