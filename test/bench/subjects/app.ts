/* The whole app as it stands behind every face, against the service that the environment names. */

import { openCommandCore } from '../../../main/command-core.ts';
import { readInvocation } from '../../../main/config.ts';
import type { Core } from '../../../main/services/core.ts';
import { keepYoungObjectsFew } from '../../../main/young-objects.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { serveSubject } from './serve-subject.ts';

function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Resolves when each account stands where it should. */
function settled(core: Core, state: string): Promise<void> {
  return new Promise((resolve) => {
    const end = core.onSnapshot(({ accounts }) => {
      if (accounts.length === 0 || accounts.some((account) => account.state !== state)) return;
      end();
      resolve();
    });
  });
}

/** What the service registered of us: where callbacks go, and the credentials in them. */
async function registered(apiBase: string, account: string) {
  const answer = await fetch(`${apiBase}/simulator/registrations?account=${account}`);
  const [found]: readonly { url: string; username: string; password: string }[] = JSON.parse(await answer.text());
  const url = new URL(found?.url ?? 'http://127.0.0.1');
  return {
    port: Number(url.port),
    path: url.pathname,
    username: found?.username ?? '',
    password: found?.password ?? '',
  };
}

keepYoungObjectsFew();
await serveSubject(async () => {
  const accounts = (process.env['BENCH_ACCOUNTS'] ?? '').split(' ');
  const mode = process.env['BENCH_MODE'] === 'auto' ? 'auto' : 'callback';
  const invocation = value(readInvocation(['status'], process.env));
  if (invocation.kind !== 'run') throw new Error('The command line changed: the benchmark reads its surroundings so.');
  const { surroundings } = invocation;
  const owned = value(
    await openCommandCore(surroundings, {
      wishes: { accounts, mode, takeOver: true, pollIntervalMs: 60_000 },
      port: null,
      publicUrl: null,
      tunnel: null,
    }),
  );
  const { core } = owned;
  const live = settled(core, 'live');
  core.start();
  await live;
  const window = process.env['BENCH_WINDOW'] === 'yes' ? { window: value(await owned.openWindows()) } : {};
  return {
    ...window,
    target: await registered(surroundings.apiBase, accounts[0] ?? ''),
    texts: async () => core.snapshot().inbox.total,
    stop: () => owned.close(),
  };
});
