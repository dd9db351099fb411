import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { readInvocation } from '../../main/config.ts';
import { commandTable } from '../../main/terminal/command-table.ts';
import { freshFolder } from '../flows/place.ts';

const examples = commandTable.flatMap(({ name, examples: list }) => list.map((example) => [name, example] as const));

/** What a shell makes of a line: the arguments that `thingspace-sms` is called with in it. */
function argumentsIn(line: string): readonly string[] {
  const home = freshFolder();
  const calls = join(home, 'calls');
  for (const folder of ['.config/systemd/user', '.config/fish/completions'])
    mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, 'thingspace-sms'), `#!/bin/sh\nprintf '%s\\0' "$@" > "${calls}"\n`, { mode: 0o755 });
  const PATH = [home, process.env['PATH']].join(delimiter);
  spawnSync('bash', ['-c', line], { cwd: home, env: { HOME: home, PATH }, stdio: 'ignore' });
  return readFileSync(calls, 'utf8').split('\0').slice(0, -1);
}

test.skipIf(process.platform === 'win32').each(examples)('%s: %s is understood', (name, example) => {
  expect(readInvocation(argumentsIn(example), {})).toMatchObject({
    ok: true,
    value: { kind: 'run', command: { name } },
  });
});
