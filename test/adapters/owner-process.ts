import { claimDataDir, serveOwnerSocket } from '../../main/adapters/owner.ts';

/* A second process for owner.test.ts: claims the data dir that it is given, and lives until it is killed. */

const directory = process.argv[2] ?? '';
const claimed = claimDataDir(directory);
if (claimed.ok) {
  await serveOwnerSocket({
    directory,
    handle: async (name) => ({ ok: true, value: name }),
    onHappening: () => () => undefined,
    onSnapshot: () => () => undefined,
  });
  setInterval(() => undefined, 60_000);
}
process.stdout.write(`${claimed.ok ? 'owner' : `refused ${claimed.error.pid}`}\n`);
