import { expect, test } from 'vitest';
import { runtimeFinding } from '../../main/core/examination.ts';

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
