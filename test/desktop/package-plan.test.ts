import { expect, test } from 'vitest';
import { type Machine, planPackages } from '../../resources/package-plan.ts';

function machine(change: Partial<Machine>): Machine {
  return { platform: 'linux', hasElectron: false, reachesGitHub: true, environment: [], ...change };
}

function made(change: Partial<Machine>): readonly string[] {
  return planPackages(machine(change)).flatMap(({ target, obstacle }) => (obstacle === null ? [target] : []));
}

test('each system makes its own packages, and every package is made somewhere', () => {
  expect(made({ platform: 'linux' })).toEqual(['deb', 'AppImage']);
  expect(made({ platform: 'win32' })).toEqual(['nsis']);
  expect(made({ platform: 'darwin' })).toEqual(['dmg']);
});

test('of what is not made it says why, and where it is', () => {
  const [deb, , nsis] = planPackages(machine({ reachesGitHub: false }));
  expect(deb?.obstacle).toBe(
    'Electron\'s program and the packager\'s tools are fetched from github.com, which did not answer. Run "npm run package" on Linux where it does.',
  );
  expect(nsis?.obstacle).toBe('it is made on Windows: run "npm run package" there.');
});

test('a package that is not signed or notarised is told as such', () => {
  const dmg = (environment: readonly string[]) =>
    planPackages(machine({ platform: 'darwin', environment })).find(({ target }) => target === 'dmg')?.remark ?? null;
  expect(dmg([])).toContain('not signed');
  expect(dmg(['CSC_LINK'])).toContain('not notarised');
  expect(dmg(['CSC_LINK', 'APPLE_ID'])).toBeNull();
});
