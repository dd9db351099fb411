import { describe, expect, test } from 'vitest';
import { drive, type Target } from '../bench/harness/driver.ts';
import { callbackBody } from '../bench/harness/texts.ts';
import { type RunningApp, startApp } from './app.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0342077109-00001';
const texts = 10_000;
const numberIn = /status ok (\d+)/;

async function allTexts(app: RunningApp): Promise<readonly string[]> {
  const found: string[] = [];
  for (let before: number | null = null; ; ) {
    const page = await app.core.router.handle('window', 'inbox.page', { before, limit: 1000 });
    if (!page.ok) throw new Error(page.error.message);
    const { messages } = page.value as {
      readonly messages: readonly { readonly text: string; readonly sequence: number }[];
    };
    if (messages.length === 0) return found;
    found.push(...messages.map(({ text }) => text));
    before = messages.at(-1)?.sequence ?? null;
  }
}

describe('a burst of 10,000 callbacks over 64 connections, the search open meanwhile', () => {
  test('is kept whole: nothing acknowledged is lost, nothing is doubled, and the search counts what the list holds', async () => {
    const simulator = await freshSimulator({ accounts: [account] });
    const app = await startApp(simulator, { dataDirectory: freshFolder(), accounts: [account] });
    await app.until(() => app.stateOf(account) === 'live', 'live');
    const [registered] = simulator.registrations(account);
    const url = new URL(registered?.url ?? '');
    const target: Target = {
      port: Number(url.port),
      path: url.pathname,
      username: registered?.username ?? '',
      password: registered?.password ?? '',
    };
    const accepted = new Set<string>();
    const driving = drive(target, {
      connections: 64,
      count: texts,
      body: (number) => callbackBody(number, target),
      answered: (number, _sentAt, status) => {
        if (status === 200) accepted.add(String(number));
      },
    });
    const totals: number[] = [];
    let driven = false;
    void driving.then(() => {
      driven = true;
    });
    while (!driven) {
      const page = await app.core.router.handle('window', 'inbox.page', { query: 'battery', limit: 100 });
      if (page.ok) totals.push((page.value as { readonly total: number }).total);
    }
    await driving;

    expect(accepted.size).toBe(texts);
    const kept = await allTexts(app);
    expect(kept).toHaveLength(texts);
    expect(new Set(kept.map((text) => numberIn.exec(text)?.[1]))).toEqual(accepted);
    expect(totals).toEqual(totals.toSorted((a, b) => a - b));
    const found = await app.core.router.handle('window', 'inbox.page', { query: 'battery', limit: 1 });
    expect(found.ok && found.value).toMatchObject({ total: texts });
    expect(app.core.snapshot().inbox.total).toBe(texts);
    expect(new Set(app.texts()).size).toBe(texts);
  });
});
