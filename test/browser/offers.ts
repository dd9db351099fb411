import type { TunnelOffer } from '../../preload/contract/tunnel.ts';

const randomName = 'A new name at each start costs a new registration each time; texts wait in the queue meanwhile.';

function offer(kind: TunnelOffer['kind'], title: string, change: Partial<TunnelOffer> = {}): TunnelOffer {
  return {
    kind,
    title,
    program: null,
    here: true,
    needs: 'Nothing else.',
    name: 'stable',
    publicPort: '443',
    limits: 'None but those of the server.',
    recommended: false,
    why: 'its name stays the same',
    ...change,
  };
}

/** What a laptop with cloudflared has, as the core tells it. */
export const sampleOffers: readonly TunnelOffer[] = [
  offer('cloudflared', 'cloudflared', {
    program: '/usr/local/bin/cloudflared',
    recommended: true,
    name: 'depends',
    needs: 'Nothing for a quick tunnel; a Cloudflare account and a domain there for one with a name of its own.',
    limits: `Quick tunnels: 200 requests at once, no promise of being up, and a random name. ${randomName}`,
    why: 'cloudflared is on this computer (/usr/local/bin/cloudflared): it needs no account to begin with, and keeps its name once you give it a tunnel of your own.',
  }),
  offer('ngrok', 'ngrok', {
    needs: 'An ngrok account and its authtoken ("tunnels secret ngrok").',
    limits: 'Free: one fixed name, 20,000 requests and 1 GB out a month, 4,000 requests a minute.',
    why: 'it is built in and needs only a free account',
  }),
  offer('ssh', 'Own server over SSH', {
    needs:
      'A server on the internet with sshd and a web server that has a certificate (docs/tunnels.md, under ten lines).',
    publicPort: 'the one your web server has: 443, or another that ThingSpace calls',
    why: 'nobody stands between, its name stays the same, and nothing has to be installed here',
  }),
  offer('url', 'A public URL that is there already', {
    needs: 'A reverse proxy, a forwarded port, or a tunnel run by hand that leads to the listener’s port.',
    publicPort: 'any that ThingSpace calls',
  }),
  offer('pinggy', 'Pinggy', {
    program: '/usr/bin/ssh',
    name: 'random',
    limits: `Free: ends after 60 minutes. ${randomName}`,
  }),
  offer('command', 'Any other command', {
    name: 'depends',
    publicPort: 'any that ThingSpace calls',
    needs: 'A command with {port} in it that prints its public URL.',
  }),
  offer('tailscale', 'Tailscale Funnel', { here: false, why: 'tailscale was not found on this computer' }),
  offer('devtunnel', 'Microsoft dev tunnel', {
    here: false,
    name: 'depends',
    why: 'devtunnel was not found on this computer',
  }),
];
