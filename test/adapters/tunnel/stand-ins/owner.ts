/* A run of the app that opens a localtunnel whose program is in the folder given, prints what it recorded, and waits for its end. */
import { join } from 'node:path';
import { createClock } from '../../../../main/adapters/clock.ts';
import { openDocument } from '../../../../main/adapters/document.ts';
import { tunnelChildren } from '../../../../main/adapters/document-schemas.ts';
import { createSilentLog } from '../../../../main/adapters/log.ts';
import { createTunnels } from '../../../../main/adapters/tunnel/tunnels.ts';
import { createFakeDocument } from '../../../fakes/document.ts';
import { createFakeKeychain } from '../../../fakes/keychain.ts';

const [folder = ''] = process.argv.slice(2);
const clock = createClock();
const children = openDocument(join(folder, 'children.json'), tunnelChildren, [], clock);
const tunnels = createTunnels({
  environment: { PATH: folder },
  secret: null,
  sshAgent: null,
  keychain: createFakeKeychain(),
  knownHosts: createFakeDocument({}),
  children,
  clock,
  log: createSilentLog(),
});
await tunnels
  .tunnel({ kind: 'localtunnel', subdomain: null })
  ?.open(9, { changed: () => undefined, lost: () => undefined, noted: () => undefined });
process.stdout.write(`${JSON.stringify(children.read())}\n`);
setInterval(() => undefined, 1000);
