import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as standIn from './electron-stand-in.ts';

/* That its parts are as electron.d.ts has them is checked by the compiler; here, that nothing of them is missing. */

const main = join(import.meta.dirname, '..', '..', 'main');
const desktop = readdirSync(join(main, 'desktop')).filter((name) => name.endsWith('.ts'));
const sources = [...desktop.map((name) => join('desktop', name)), 'index.ts'].map((name) =>
  readFileSync(join(main, name), 'utf8'),
);

/** What is imported as a value from Electron, and the members of it that are named. */
function used(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const source of sources) {
    const [, list = ''] = /import \{([^}]*)\} from 'electron';/.exec(source) ?? [];
    const names = list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '));
    for (const name of names) {
      const members = found.get(name) ?? new Set();
      for (const [, member = ''] of source.matchAll(new RegExp(`(?<![.\\w])${name}\\??\\.(\\w+)`, 'g')))
        members.add(member);
      found.set(name, members);
    }
  }
  return found;
}

test('the stand-in has everything that the app uses of Electron', () => {
  const parts: Readonly<Record<string, unknown>> = { ...standIn };
  expect(used().size).toBeGreaterThan(10);
  expect([...(used().get('app') ?? [])]).toContain('requestSingleInstanceLock');
  const missing = [...used()].flatMap(([name, members]) => {
    const part = parts[name];
    if (part === undefined) return [name];
    return [...members].filter((member) => !(member in Object(part))).map((member) => `${name}.${member}`);
  });
  expect(missing).toEqual([]);
});
