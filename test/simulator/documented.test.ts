import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startSimulator } from '../../main/simulator/server.ts';
import { freshSimulator } from '../flows/place.ts';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'simulator.md'), 'utf8');

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

describe('the page on the simulator', () => {
  test('has every request that steers it, and no other', () => {
    const source = readFileSync(join(root, 'main', 'simulator', 'control.ts'), 'utf8');
    const there = new Set(matches(source, /^ {2}'((?:GET|POST|PATCH|DELETE) \/simulator[a-z/-]*)':/gm));
    const told = new Set(matches(page, /`((?:GET|POST|PATCH|DELETE) \/simulator[a-z/-]*)/g));
    expect(there.size).toBeGreaterThan(15);
    expect(told).toEqual(there);
  });

  test('has every call of the module', async () => {
    const simulator = await freshSimulator();
    const calls = Object.entries(simulator).filter(([, value]) => typeof value === 'function');
    const left = ['devices'];
    const untold = calls.map(([name]) => name).filter((name) => !page.includes(name) && !left.includes(name));
    expect(untold).toEqual([]);
  });

  test('names the faults as they are', async () => {
    const simulator = await freshSimulator();
    const [, routes = '', kinds = ''] = /`route` is ([\s\S]*?)\. `kind` is:([\s\S]*?)`times`/.exec(page) ?? [];
    const allRoutes = matches(routes, /`([a-z-]+)`/g);
    const allKinds = matches(kinds, /^\| ((?:`[a-z]+`,? ?)+)/gm).flatMap((cell) => matches(cell, /`([a-z]+)`/g));
    expect([allRoutes.length, allKinds.length]).toEqual([14, 9]);
    const post = (fault: unknown) =>
      fetch(`${simulator.origin}/simulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
    for (const route of allRoutes) expect((await post({ route, kind: 'hang' })).status).toBe(200);
    for (const kind of allKinds) expect((await post({ route: 'any', kind })).status).toBe(200);
    expect((await post({ route: 'elsewhere', kind: 'hang' })).status).toBe(400);
  });

  test('any number can run beside one another, and nothing of one is in the other', async () => {
    const [one, other] = await Promise.all([startSimulator(), startSimulator()]);
    const [account = ''] = one.accounts;
    one.queueText(account, { deviceIds: [{ kind: 'mdn', id: '1' }], text: 'x' });
    expect([one.counts(account).queued, other.counts(account).queued]).toEqual([1, 0]);
    await Promise.all([one.close(), other.close()]);
    await expect(fetch(one.origin)).rejects.toThrow();
  });
});
