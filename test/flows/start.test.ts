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

test('the threads of the store start from what was compiled before, without taking types out of sources again', () => {
  const home = freshFolder();
  // Twice: on a busy machine the first may end before each of its threads has written what it compiled.
  startTold(home);
  startTold(home);
  const told = startTold(home);
  const kept = (file: string) =>
    told.filter((line) => line.includes('retrieving transpile cache') && line.includes(`/message-db/${file}.ts`));
  for (const file of ['worker', 'write-thread', 'read-thread', 'migrations/0001-messages'])
    expect(kept(file).every((line) => line.endsWith('success')) && kept(file).length > 0).toBe(true);
});
