import { expect, test } from 'vitest';
import { runtimeFinding, withNumbers } from '../../main/core/examination.ts';
import type { Check } from '../../preload/contract/examination.ts';

const machine = { platform: 'linux', arch: 'x64' };

test('what the core runs in is named: Electron where it is one, else Node', () => {
  const { node, electron } = { node: '24.21.0', electron: '45.4.1' };
  expect(runtimeFinding({ versions: { node }, ...machine })).toMatchObject({
    outcome: 'pass',
    reason: 'It runs in Node 24.21.0 on linux x64.',
  });
  expect(runtimeFinding({ versions: { node, electron }, ...machine })).toMatchObject({
    outcome: 'pass',
    reason: 'It runs in Electron 45.4.1 on linux x64.',
  });
});

test.each(['22.19.0', ''])('Node "%s" is too old', (node) => {
  expect(runtimeFinding({ versions: { node }, ...machine })).toMatchObject({
    outcome: 'fail',
    fix: 'Install Node 24 or newer.',
  });
});

function check(account: string | null, reason: string): Check {
  return { hop: 'account', account, outcome: 'fail', code: null, reason, fix: null };
}

test('accounts are numbered where checks are handed on, also in what is said of them', () => {
  const checks = [check('00-1', 'Nobody knows 00-1.'), check('100-12', '100-12 is not 00-1.'), check(null, 'None.')];
  expect(withNumbers(checks).map(({ account, reason }) => [account, reason])).toEqual([
    ['account 1', 'Nobody knows account 1.'],
    ['account 2', 'account 2 is not account 1.'],
    [null, 'None.'],
  ]);
});

test('a number stands for the whole name, whatever names are', () => {
  const checks = ['account', '1', 'a.c+(', '1-2'].map((name) => check(name, `It is ${name}.`));
  expect(withNumbers(checks).map(({ account, reason }) => [account, reason])).toEqual(
    [1, 2, 3, 4].map((number) => [`account ${number}`, `It is account ${number}.`]),
  );
});
