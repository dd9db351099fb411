import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { Client, type ClientErrorExtensions, type ConnectConfig } from 'ssh2';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { TunnelChoice } from '../../../preload/contract/tunnel.ts';
import type { Document, OpenTunnel, Tunnel, TunnelEvents, TunnelFailure } from '../../core/ports.ts';
import { hostKeyName, type KnownHosts } from './known-hosts.ts';
import { type SshIdentityDeps, sshIdentity } from './ssh-identity.ts';

export type SshChoice = Extract<TunnelChoice, { readonly kind: 'ssh' }>;

export interface SshDeps extends SshIdentityDeps {
  readonly knownHosts: Document<KnownHosts>;
}

/** Three that stay without an answer: the connection is lost (milliseconds). */
const keepaliveMs = 10_000;
const connectWithinMs = 15_000;
const endWithinMs = 1000;

type SshError = Error & Partial<ClientErrorExtensions> & { readonly code?: string };

/** As `ssh-keygen -l` shows it. */
function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

function changedKey(choice: SshChoice, known: string, shown: string): TunnelFailure {
  const name = hostKeyName(choice.host, choice.port);
  return {
    kind: 'needs-you',
    message: `${choice.host} shows another host key than before, so nothing was sent there: ${shown} instead of ${known}. If the server was set up anew, compare it there (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and run "thingspace-sms tunnels forget ${name}". If not, someone may stand between.`,
  };
}

function explainRefused(choice: SshChoice): TunnelFailure {
  const what = { key: 'the key', agent: 'the keys of the SSH agent', password: 'the password' }[choice.auth];
  return {
    kind: 'needs-you',
    message: `${choice.host} does not accept ${what} for the user ${choice.user}. Check the user, and that the public key stands in its ~/.ssh/authorized_keys.`,
  };
}

function explain(choice: SshChoice, error: SshError): TunnelFailure {
  const where = `${choice.host}:${choice.port}`;
  if (error.level === 'client-authentication') return explainRefused(choice);
  if (error.level === 'client-timeout' || /timed? ?out/i.test(error.message))
    return {
      kind: 'passing',
      message: `The SSH server ${where} does not answer. Check the network. It is tried again.`,
    };
  if (error.code === 'ECONNREFUSED')
    return {
      kind: 'passing',
      message: `No SSH server answers at ${where}. Check that sshd runs there. It is tried again.`,
    };
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return {
      kind: 'passing',
      message: `The name ${choice.host} cannot be found. Check its spelling and the network. It is tried again.`,
    };
  return {
    kind: 'passing',
    message: `The SSH connection to ${where} failed (${error.code ?? error.message}). It is tried again.`,
  };
}

function portTaken({ host, remotePort, bindAddress }: SshChoice): TunnelFailure {
  return {
    kind: 'passing',
    message: `Port ${remotePort} on ${host} is taken (or sshd may not open it on ${bindAddress}: AllowTcpForwarding, PermitListen, and root for ports below 1024). End what listens there ("ss -ltnp" shows it), or choose another remotePort. A connection of ours that broke frees it by itself after a while, so it is tried again.`,
  };
}

/** Each connection that the server takes goes to the listener. */
function forwardTo(client: Client, localPort: number): void {
  client.on('tcp connection', (_details, accept) => {
    const channel = accept();
    const socket = connect({ host: '127.0.0.1', port: localPort, allowHalfOpen: true, noDelay: true });
    channel.pipe(socket).pipe(channel);
    channel.on('error', () => socket.destroy());
    channel.on('close', () => socket.destroy());
    socket.on('error', () => channel.destroy());
    socket.on('close', () => channel.end());
  });
}

/** Reverse forwarding through a server of one's own. The host key is pinned at first use. */
export function createSshTunnel(choice: SshChoice, deps: SshDeps): Tunnel {
  const { knownHosts } = deps;
  const name = hostKeyName(choice.host, choice.port);
  const plainUrl = `http://${choice.host}${choice.remotePort === 80 ? '' : `:${choice.remotePort}`}`;
  let abandon = (): void => {};

  /** Signs in; the failure names the first thing that went wrong. */
  function signIn(client: Client, config: ConnectConfig, events: TunnelEvents): Promise<TunnelFailure | null> {
    const known = knownHosts.read()[name];
    let shown = '';
    return new Promise((resolve) => {
      abandon = () => resolve({ kind: 'passing', message: `Connecting to ${choice.host} was given up.` });
      client.once('ready', () => {
        if (known !== undefined) return resolve(null);
        const written = knownHosts.write({ ...knownHosts.read(), [name]: shown });
        if (!written.ok) return resolve({ kind: 'passing', message: written.error.message });
        events.noted(`${choice.host} is trusted from now on by its host key ${shown}. Compare it with the server’s.`);
        resolve(null);
      });
      client.on('error', (error: SshError) => {
        const isOther = known !== undefined && shown !== '' && shown !== known;
        resolve(isOther ? changedKey(choice, known, shown) : explain(choice, error));
      });
      client.once('close', () => resolve(explain(choice, new Error('it was ended'))));
      const hostVerifier = (key: Buffer): boolean => {
        shown = fingerprintOf(key);
        return known === undefined || shown === known;
      };
      client.connect({ ...config, hostVerifier });
    });
  }

  function openPort(client: Client): Promise<TunnelFailure | null> {
    return new Promise((resolve) => {
      abandon = () => resolve({ kind: 'passing', message: `Opening the port on ${choice.host} was given up.` });
      client.once('close', () => resolve(explain(choice, new Error('it was ended'))));
      client.forwardIn(choice.bindAddress, choice.remotePort, (error) => resolve(error ? portTaken(choice) : null));
    });
  }

  function opened(client: Client, events: TunnelEvents): OpenTunnel {
    let isOpen = true;
    let reason: SshError = new Error('the connection was cut');
    client.on('error', (error: SshError) => {
      reason = error;
    });
    client.once('close', () => {
      if (!isOpen) return;
      isOpen = false;
      events.lost(explain(choice, reason));
    });
    return {
      publicUrl: choice.publicUrl ?? plainUrl,
      close() {
        if (!isOpen) return Promise.resolve();
        isOpen = false;
        return end(client);
      },
    };
  }

  function end(client: Client): Promise<void> {
    return new Promise((resolve) => {
      const cancel = deps.clock.after(endWithinMs, () => client.destroy());
      client.once('close', () => {
        cancel();
        resolve();
      });
      client.end();
    });
  }

  async function open(localPort: number, events: TunnelEvents): Promise<Result<OpenTunnel, TunnelFailure>> {
    const identity = await sshIdentity(choice, deps);
    if (!identity.ok) return identity;
    const client = new Client();
    const config: ConnectConfig = {
      ...identity.value,
      host: choice.host,
      port: choice.port,
      username: choice.user,
      readyTimeout: connectWithinMs,
      keepaliveInterval: keepaliveMs,
      keepaliveCountMax: 3,
    };
    const problem = (await signIn(client, config, events)) ?? (await openPort(client));
    if (problem) {
      client.destroy();
      return fail(problem);
    }
    client.setNoDelay(true);
    forwardTo(client, localPort);
    return ok(opened(client, events));
  }

  return { open, abandon: () => abandon() };
}
