import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { TunnelChoice } from '../../../preload/contract/tunnel.ts';
import type { TunnelFailure } from '../../core/ports.ts';
import { splitCommand, type TunnelCommand } from './command.ts';
import { providers } from './providers.ts';

type CommandKind = Exclude<TunnelChoice['kind'], 'none' | 'url' | 'ssh' | 'ngrok'>;
export type CommandChoice = Extract<TunnelChoice, { readonly kind: CommandKind }>;

const anyUrl = /https?:\/\/[^\s"'<>|]+/;

function basis(
  kind: CommandKind,
): Pick<TunnelCommand, 'title' | 'program' | 'install' | 'url' | 'ready' | 'publicUrl' | 'refusals'> {
  const { title, program, install } = providers[kind];
  return { title, program: program ?? '', install, url: null, ready: null, publicUrl: null, refusals: [] };
}

function cloudflared({
  tunnel,
  publicUrl,
}: Extract<CommandChoice, { kind: 'cloudflared' }>): Result<TunnelCommand, string> {
  const common = {
    ...basis('cloudflared'),
    // Older versions: "Connection <uuid> registered".
    ready: /Registered tunnel connection|Connection \S+ registered/,
    refusals: [
      {
        line: /Cannot determine default origin certificate path|tunnel credentials file .* doesn't exist|couldn't find tunnel/i,
        message:
          'cloudflared does not know this tunnel here. Run "cloudflared tunnel login" and "cloudflared tunnel create NAME" once.',
      },
    ],
  };
  const start = ['tunnel', '--no-autoupdate', '--url', 'http://127.0.0.1:{port}'];
  if (tunnel === null) {
    // Its failures name api.trycloudflare.com, which is nobody's tunnel.
    return ok({ ...common, args: start, url: /https:\/\/(?!api\.)[a-z0-9-]+\.trycloudflare\.com/ });
  }
  return publicUrl === null
    ? fail(
        'A named cloudflared tunnel does not print its address. Give it as publicUrl, such as https://sms.example.com.',
      )
    : ok({ ...common, args: [...start, 'run', tunnel], publicUrl });
}

function devtunnel({ tunnel }: Extract<CommandChoice, { kind: 'devtunnel' }>): TunnelCommand {
  return {
    ...basis('devtunnel'),
    args: tunnel === null ? ['host', '-p', '{port}', '--allow-anonymous'] : ['host', tunnel, '--allow-anonymous'],
    // The other addresses that it prints have the local port, or lead to its inspection page.
    url: /https:\/\/[a-z0-9]+-\d+\.[a-z0-9]+\.devtunnels\.ms/,
    refusals: [
      {
        line: /not logged in|login required|unauthorized/i,
        message: 'devtunnel needs you to sign in: run "devtunnel user login".',
      },
    ],
  };
}

const tailscale: TunnelCommand = {
  ...basis('tailscale'),
  args: ['funnel', '{port}'],
  url: /https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.ts\.net(?::\d+)?/,
  refusals: [
    {
      line: /Funnel is not enabled|Funnel not available/i,
      message: 'Funnel is not switched on for your tailnet. Run "tailscale funnel 9001" once and follow what it says.',
    },
    {
      line: /NeedsLogin|Logged out|failed to connect to local tailscaled/i,
      message: 'Tailscale is not running or not signed in. Run "tailscale up".',
    },
    {
      line: /Access denied|must be root/i,
      message: 'Tailscale does not let this user open a funnel. Run "sudo tailscale set --operator=$USER" once.',
    },
  ],
};

const pinggy: TunnelCommand = {
  ...basis('pinggy'),
  args: [
    '-T',
    ...[
      'BatchMode=yes',
      'StrictHostKeyChecking=accept-new',
      'ServerAliveInterval=30',
      'ExitOnForwardFailure=yes',
    ].flatMap((option) => ['-o', option]),
    '-p',
    '443',
    '-R',
    '0:127.0.0.1:{port}',
    'a.pinggy.io',
  ],
  url: /https:\/\/(?!dashboard\.)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.pinggy\.(?:link|online|io)/,
};

function own(choice: Extract<CommandChoice, { kind: 'command' }>): Result<TunnelCommand, string> {
  const [program, ...args] = splitCommand(choice.command);
  if (program === undefined)
    return fail('The command of the tunnel is empty. Give one such as: mytunnel --port {port}.');
  let pattern: RegExp | null;
  try {
    pattern = choice.pattern === null ? null : new RegExp(choice.pattern);
  } catch {
    return fail(
      `The pattern ${choice.pattern ?? ''} is no regular expression. Correct it, or leave it out to take the first URL.`,
    );
  }
  const { publicUrl } = choice;
  const reads = publicUrl === null ? { url: pattern ?? anyUrl, ready: null } : { url: null, ready: pattern };
  return ok({ ...basis('command'), title: program, program, args, publicUrl, ...reads });
}

function commandOf(choice: CommandChoice): Result<TunnelCommand, string> {
  switch (choice.kind) {
    case 'cloudflared':
      return cloudflared(choice);
    case 'tailscale':
      return ok(tailscale);
    case 'devtunnel':
      return ok(devtunnel(choice));
    case 'pinggy':
      return ok(pinggy);
    case 'localtunnel': {
      const subdomain = choice.subdomain === null ? [] : ['--subdomain', choice.subdomain];
      const args = ['--port', '{port}', '--local-host', '127.0.0.1', ...subdomain];
      return ok({ ...basis('localtunnel'), args, url: /your url is:\s*(https:\/\/\S+)/i });
    }
    case 'frp':
      return ok({
        ...basis('frp'),
        args: ['-c', choice.configFile],
        publicUrl: choice.publicUrl,
        ready: /start proxy success/,
      });
    case 'bore': {
      const args = ['local', '{port}', '--to', choice.server, '--port', String(choice.remotePort)];
      return ok({ ...basis('bore'), args, publicUrl: choice.publicUrl, ready: /listening at/ });
    }
    case 'command':
      return own(choice);
  }
}

/** The command of a choice, or why it cannot be run. */
export function tunnelCommand(choice: CommandChoice): Result<TunnelCommand, TunnelFailure> {
  const command = commandOf(choice);
  return command.ok ? command : fail({ kind: 'needs-you', message: command.error });
}
