import type { TunnelKind, TunnelOffer } from '../../../preload/contract/tunnel.ts';
import { findProgram } from './find-program.ts';

export type ProviderKind = Exclude<TunnelKind, 'none'>;

/**
 * What is known of a kind of tunnel, whichever machine it is on. Limits as their makers state them in 2026. The port
 * stands within a line, the rest are sentences.
 */
export interface Provider extends Pick<TunnelOffer, 'title' | 'needs' | 'name' | 'publicPort' | 'limits'> {
  /** Its program's name; null: built in, or none needed. */
  readonly program: string | null;
  readonly install: string;
  /** Why one would take it. */
  readonly reason: string;
}

const randomName = 'A new name at each start costs a new registration each time; texts wait in the queue meanwhile.';

/** In the order of recommendation: what lasts and asks little first. */
export const providers: Readonly<Record<ProviderKind, Provider>> = {
  tailscale: {
    title: 'Tailscale Funnel',
    program: 'tailscale',
    install: 'Install Tailscale from https://tailscale.com/download, or choose another tunnel.',
    needs: 'Tailscale, signed in, with Funnel switched on for the tailnet.',
    name: 'stable',
    publicPort: '443',
    limits: 'Free for personal use; bandwidth is limited.',
    reason: 'its name stays the same, it serves port 443 with a certificate, and it is free',
  },
  cloudflared: {
    title: 'cloudflared',
    program: 'cloudflared',
    install: 'Install it from https://developers.cloudflare.com/cloudflare-one/, or choose another tunnel.',
    needs: 'Nothing for a quick tunnel; a Cloudflare account and a domain there for one with a name of its own.',
    name: 'depends',
    publicPort: '443',
    limits: `Quick tunnels: 200 requests at once, no promise of being up, and a random name. ${randomName}`,
    reason: 'it needs no account to begin with, and keeps its name once you give it a tunnel of your own',
  },
  ngrok: {
    title: 'ngrok',
    program: null,
    install: '',
    needs: 'An ngrok account and its authtoken ("tunnels secret ngrok").',
    name: 'stable',
    publicPort: '443',
    limits: 'Free: one fixed name, 20,000 requests and 1 GB out a month, 4,000 requests a minute.',
    reason: 'it is built in and needs only a free account',
  },
  ssh: {
    title: 'Own server over SSH',
    program: null,
    install: '',
    needs:
      'A server on the internet with sshd and a web server that has a certificate (docs/tunnels.md, under ten lines).',
    name: 'stable',
    publicPort: 'the one your web server has: 443, or another that ThingSpace calls',
    limits: 'None but those of the server.',
    reason: 'nobody stands between, its name stays the same, and nothing has to be installed here',
  },
  url: {
    title: 'A public URL that is there already',
    program: null,
    install: '',
    needs: 'A reverse proxy, a forwarded port, or a tunnel run by hand that leads to the listener’s port.',
    name: 'stable',
    publicPort: 'any that ThingSpace calls',
    limits: 'None.',
    reason: 'it is there already',
  },
  devtunnel: {
    title: 'Microsoft dev tunnel',
    program: 'devtunnel',
    install: 'Install it from https://aka.ms/devtunnels, or choose another tunnel.',
    needs:
      'A Microsoft or GitHub account ("devtunnel user login"); a tunnel made once, with a fixed local port, for a lasting name.',
    name: 'depends',
    publicPort: '443',
    limits: `Meant for development; 5 GB a month. ${randomName}`,
    reason: 'it is installed here and serves port 443',
  },
  frp: {
    title: 'frp',
    program: 'frpc',
    install: 'Install frpc from https://github.com/fatedier/frp/releases, or choose another tunnel.',
    needs: 'A server with frps, and a configuration file whose localPort is {{ .Envs.PORT }}.',
    name: 'stable',
    publicPort: 'the one that frps or the web server before it has',
    limits: 'None but those of the server.',
    reason: 'it is installed here and its name stays the same',
  },
  localtunnel: {
    title: 'localtunnel',
    program: 'lt',
    install: 'Install it with "npm install -g localtunnel", or choose another tunnel.',
    needs: 'Nothing else.',
    name: 'random',
    publicPort: '443',
    limits: `Run by volunteers, often overloaded; a wished name may be taken. ${randomName}`,
    reason: 'it is installed here and needs no account',
  },
  pinggy: {
    title: 'Pinggy',
    program: 'ssh',
    install: 'Install an SSH client (OpenSSH), or choose another tunnel.',
    needs: 'An SSH client; no account for the free one.',
    name: 'random',
    publicPort: '443',
    limits: `Free: ends after 60 minutes, and then has another name. ${randomName}`,
    reason: 'it needs nothing but the SSH client that is here',
  },
  bore: {
    title: 'bore',
    program: 'bore',
    install: 'Install it with "cargo install bore-cli", or choose another tunnel.',
    needs:
      'A bore server of your own behind a web server with a certificate: bore.pub has plain ports that ThingSpace does not call.',
    name: 'stable',
    publicPort: 'the one that the web server before it has',
    limits: 'None but those of the server.',
    reason: 'it is installed here',
  },
  command: {
    title: 'Any other command',
    program: null,
    install: 'Check the name of the program, or give its whole path.',
    needs: 'A command with {port} in it that prints its public URL.',
    name: 'depends',
    publicPort: 'any that ThingSpace calls',
    limits: 'Those of the program.',
    reason: 'it takes any program that prints a URL',
  },
};

const kinds = Object.keys(providers).filter((key): key is ProviderKind => key in providers);

function offerOf(kind: ProviderKind, searchPath: string): TunnelOffer {
  const { program: name, install: _install, reason, ...rest } = providers[kind];
  const program = name === null ? null : findProgram(name, searchPath);
  const here = name === null || program !== null;
  return {
    ...rest,
    kind,
    program,
    here,
    recommended: false,
    why: here ? reason : `${name ?? ''} was not found on this computer`,
  };
}

/** What this machine has: found programs first, then what is built in, then what would have to be installed. */
export function listOffers(searchPath: string): readonly TunnelOffer[] {
  const offers = kinds.map((kind) => offerOf(kind, searchPath));
  // Pinggy's program is on every machine, and its name lasts an hour: having it recommends nothing.
  const found = offers.filter(({ program, name }) => program !== null && name !== 'random');
  const usable = offers.filter((offer) => offer.here && !found.includes(offer));
  const [first, ...others] = [...found, ...usable, ...offers.filter(({ here }) => !here)];
  return first ? [{ ...first, recommended: true, why: recommendation(first) }, ...others] : [];
}

function recommendation({ title, program, why }: TunnelOffer): string {
  return program === null ? `Choose ${title}: ${why}.` : `${title} is on this computer (${program}): ${why}.`;
}
