import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder } from './place.ts';

const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');

/** What Node says of the code that it keeps, in one run of `messages`. */
function startTold(home: string): readonly string[] {
  const { status, signal, stderr } = spawnSync(process.execPath, [cli, 'messages'], {
    env: { PATH: process.env['PATH'], HOME: home, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
    encoding: 'utf8',
    // It says a line or more for every module.
    maxBuffer: 64 * 1024 * 1024,
  });
  expect({ status, signal }).toEqual({ status: 0, signal: null });
  return stderr.split('\n');
}

const threadFiles = ['worker', 'write-thread', 'read-thread', 'migrations/0001-messages'];

/** Whether what was told of a file is that it was taken as it was compiled before, each time. */
function isKept(told: readonly string[], file: string): boolean {
  const kept = told.filter(
    (line) => line.includes('retrieving transpile cache') && line.includes(`/message-db/${file}.ts`),
  );
  return kept.length > 0 && kept.every((line) => line.endsWith('success'));
}

test('the threads of the store start from what was compiled before, without taking types out of sources again', () => {
  const home = freshFolder();
  // On a busy machine a start may end before each of its threads has written what it compiled.
  const starts = Array.from({ length: 5 }, () => startTold(home));
  expect(starts.some((told) => threadFiles.every((file) => isKept(told, file)))).toBe(true);
});
