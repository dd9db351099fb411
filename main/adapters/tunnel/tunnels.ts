import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { SecretKind, TunnelChoice } from '../../../preload/contract/tunnel.ts';
import type { Clock, Document, Keychain, Log, Tunnel, TunnelFailure, Tunnels } from '../../core/ports.ts';
import { createSecret, type Secret } from '../../core/secret.ts';
import { createChildren } from './child.ts';
import { createCommandTunnel } from './command.ts';
import { hostKeyName, type KnownHosts } from './known-hosts.ts';
import { createNgrokTunnel } from './ngrok.ts';
import type { StartedProcess } from './processes.ts';
import { listOffers } from './providers.ts';
import { type CommandChoice, tunnelCommand } from './ready-made.ts';

/** What tunnels may know of this process's environment. */
export interface TunnelSurroundings {
  /** All that a child gets: PATH, home and language. */
  readonly environment: Readonly<Record<string, string>>;
  /** Password, passphrase or authtoken for this run, in place of the keychain's. */
  readonly secret: Secret | null;
  /** Where the SSH agent answers. */
  readonly sshAgent: string | null;
}

export interface TunnelsDeps extends TunnelSurroundings {
  readonly keychain: Keychain;
  readonly knownHosts: Document<KnownHosts>;
  readonly children: Document<readonly StartedProcess[]>;
  readonly clock: Clock;
  readonly log: Log;
  readonly readyWithinMs?: number;
}

/** Its code is read only when it is opened: most runs need none of it. */
function loadedWhenOpened(load: () => Promise<Tunnel>): Tunnel {
  let tunnel: Tunnel | null = null;
  return {
    async open(localPort, events) {
      tunnel ??= await load();
      return tunnel.open(localPort, events);
    },
    abandon: () => tunnel?.abandon(),
  };
}

/** Every kind of tunnel, and what this machine has of them. */
export function createTunnels(deps: TunnelsDeps): Tunnels {
  const { environment, knownHosts, keychain, clock, log } = deps;
  const children = createChildren({ record: deps.children, environment, clock, log });
  const searchPath = environment['PATH'] ?? '';

  async function secretOf(kind: SecretKind): Promise<Result<Secret | null, TunnelFailure>> {
    if (deps.secret !== null) return ok(deps.secret);
    const stored = await keychain.read(`tunnel ${kind}`);
    // A keychain that is unlocked later gives it then.
    return stored.ok
      ? stored
      : fail({ kind: stored.error.kind === 'locked' ? 'passing' : 'needs-you', message: stored.error.message });
  }

  function ssh(choice: Extract<TunnelChoice, { kind: 'ssh' }>): Tunnel {
    return loadedWhenOpened(async () => {
      const { createSshTunnel } = await import('./ssh.ts');
      return createSshTunnel(choice, { knownHosts, clock, agent: deps.sshAgent, secret: () => secretOf('ssh') });
    });
  }

  function ngrok(domain: string | null): Tunnel {
    // Without a token ngrok itself says what is missing.
    const secret = async (): Promise<Result<Secret, TunnelFailure>> => {
      const stored = await secretOf('ngrok');
      return stored.ok ? ok(stored.value ?? createSecret('')) : stored;
    };
    return createNgrokTunnel({ domain, clock, secret });
  }

  function command(choice: CommandChoice): Tunnel {
    const found = tunnelCommand(choice);
    if (!found.ok) return { open: () => Promise.resolve(found), abandon: () => undefined };
    const { readyWithinMs } = deps;
    return createCommandTunnel(found.value, {
      children,
      clock,
      searchPath,
      ...(readyWithinMs === undefined ? {} : { readyWithinMs }),
    });
  }

  return {
    tunnel(choice) {
      switch (choice.kind) {
        case 'none':
        case 'url':
          return null;
        case 'ssh':
          return ssh(choice);
        case 'ngrok':
          return ngrok(choice.domain);
        default:
          return command(choice);
      }
    },
    offers: () => Promise.resolve(listOffers(searchPath)),
    hosts: () => Object.entries(knownHosts.read()).map(([host, fingerprint]) => ({ host, fingerprint })),
    forgetHost(host) {
      const name = /:\d+$/.test(host) ? host.toLowerCase() : hostKeyName(host, 22);
      const { [name]: known, ...rest } = knownHosts.read();
      if (known === undefined) return ok(false);
      const written = knownHosts.write(rest);
      return written.ok ? ok(true) : written;
    },
    endLeftovers: () => children.endLeftovers(),
  };
}
