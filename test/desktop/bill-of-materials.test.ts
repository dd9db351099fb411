import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { billOfMaterials, licenceList, releaseNotes, shippedComponents } from '../../resources/bill-of-materials.ts';

const root = join(import.meta.dirname, '..', '..');
const components = shippedComponents(root);
const names = components.map(({ name }) => name);

/** Licences that allow shipping within a program under MIT, with nothing asked but to hand their words on. */
const allowed = [
  'MIT',
  'ISC',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Python-2.0',
  'Unlicense',
  'BlueOak-1.0.0',
];

/** Of alternatives one is enough. */
function isAllowed(licence: string): boolean {
  return licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((each) => allowed.includes(each));
}

test('a release is told with the newest section of the change log', () => {
  const changeLog = '# Changelog\n\n## 0.2.0\n\n### Added\n- Faster.\n\n## 0.1.0\n\n- First.\n';
  expect(releaseNotes(changeLog)).toBe('### Added\n- Faster.');
});

describe('the bill of materials', () => {
  test('names what runs, what the window is built of, and Electron', () => {
    expect(names).toEqual(
      expect.arrayContaining([
        'better-sqlite3',
        '@github/keytar',
        'zod',
        'react',
        'react-dom',
        'scheduler',
        'electron',
      ]),
    );
    expect(names).not.toEqual(expect.arrayContaining(['vitest']));
    expect(new Set(components.map(({ path }) => path)).size).toBe(components.length);
  });

  test('gives each a version, an allowed licence and the hash of what was installed', () => {
    for (const { name, version, licence, sha512 } of components) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+/);
      expect(isAllowed(licence), `${name}: ${licence}`).toBe(true);
      expect(sha512, name).toMatch(/^[0-9a-f]{128}$/);
    }
  });

  test('is the same each time, and refers only to what it lists', () => {
    const bill = billOfMaterials(root, components) as {
      components: readonly { 'bom-ref': string }[];
      dependencies: readonly { dependsOn: readonly string[] }[];
    };
    expect(billOfMaterials(root, shippedComponents(root))).toEqual(bill);
    const listed = bill.components.map((each) => each['bom-ref']);
    for (const { dependsOn } of bill.dependencies) expect(listed).toEqual(expect.arrayContaining([...dependsOn]));
  });

  test('goes with the words of the licences', () => {
    const list = licenceList(components);
    for (const { name, version } of components) expect(list).toContain(`${name} ${version}\n`);
    const silent = components.filter(({ licenceText }) => licenceText === '').map(({ name }) => name);
    process.stdout.write(`${components.length} packages ship; no licence text in: ${silent.join(', ') || 'none'}\n`);
    expect(silent.length).toBeLessThan(components.length / 5);
  });
});
