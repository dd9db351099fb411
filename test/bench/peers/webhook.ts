import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drive } from '../harness/driver.ts';
import { callbackBody } from '../harness/texts.ts';
import { unpackDebian } from './debian.ts';
import type { StartPeer } from './peers.ts';
import { answers, end, freePort } from './processes.ts';

/** Debian's webhook: runs a command for each call, and keeps nothing. */
export const startWebhook: StartPeer = async (bench) => {
  const found = unpackDebian(bench, ['webhook']);
  if (typeof found === 'string') return found;
  const hooks = join(bench.folder('webhook'), 'hooks.json');
  writeFileSync(hooks, JSON.stringify([{ id: 'bench', 'execute-command': '/bin/true', 'response-message': 'ok' }]));
  const port = await freePort();
  const child = spawn(found.path('/usr/bin/webhook'), ['-hooks', hooks, '-ip', '127.0.0.1', '-port', String(port)], {
    env: found.environment,
    stdio: 'ignore',
  });
  await answers(port, child);
  const target = { port, path: '/hooks/bench', username: '', password: '' };
  return {
    name: `webhook ${found.version}`,
    does: 'call → a command, nothing kept',
    measure: async () =>
      (await drive(target, { connections: 16, seconds: 1, body: (number) => callbackBody(number, target) })).perSecond,
    stop: () => end(child),
  };
};
