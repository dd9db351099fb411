import { secretKinds, type TunnelOffer } from '../../preload/contract/tunnel.ts';
import type { Command, CommandContext } from './command.ts';
import { type ExitCode, exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { callAndShow } from './oneshot.ts';

/** `tunnels`: what this machine has, a tunnel's secret stored, or a server's pinned key forgotten. */
export const tunnels: Command = async (context) => {
  const [verb, name, ...rest] = context.options.positionals;
  if (verb === undefined) return showOffers(context);
  if (verb === 'secret' && rest.length === 0) return storeSecret(context, name);
  if (verb === 'forget' && name !== undefined && rest.length === 0) return forgetHost(context, name);
  return wrongUsage(context, 'Say "tunnels", "tunnels secret KIND" or "tunnels forget HOST".');
};

const names = {
  stable: 'keeps its name',
  random: 'another name at each start',
  depends: 'keeps its name if you set one up',
} as const;

async function showOffers(context: CommandContext): Promise<ExitCode> {
  const { terminal, options } = context;
  return callAndShow(context, 'tunnel.offers', {}, async ({ offers }) => {
    for (const offer of offers)
      await terminal.out(options.has('json') ? JSON.stringify({ type: 'tunnel', ...offer }) : inWords(offer));
    return exit.done;
  });
}

function inWords(offer: TunnelOffer): string {
  const mark = offer.recommended ? 'recommended' : offer.here ? 'usable' : 'not here';
  const lines = [
    `${offer.kind.padEnd(12)} ${mark.padEnd(12)} ${offer.title}; ${names[offer.name]}; port: ${offer.publicPort}`,
    ...(offer.recommended || !offer.here ? [offer.why] : []),
    `Needs: ${offer.needs}`,
    `Limits: ${offer.limits}`,
  ];
  return lines.join(`\n${' '.repeat(26)}`);
}

const questions = { ssh: 'SSH password, or passphrase of the key: ', ngrok: 'ngrok authtoken: ' } as const;

async function storeSecret(context: CommandContext, name: string | undefined): Promise<ExitCode> {
  const { terminal, options } = context;
  const kind = secretKinds.safeParse(name);
  if (!kind.success) return wrongUsage(context, `Name the tunnel: tunnels secret ${secretKinds.options.join('|')}.`);
  const answer = await terminal.ask(questions[kind.data], true);
  const secret = answer?.trim() ?? '';
  if (secret === '') return wrongUsage(context, 'It is empty; nothing was stored.');
  return callAndShow(context, 'tunnel.saveSecret', { kind: kind.data, secret }, async () => {
    await terminal.out(
      options.has('json') ? JSON.stringify({ type: 'tunnel-secret', kind: kind.data }) : 'It is in the keychain.',
    );
    return exit.done;
  });
}

async function forgetHost(context: CommandContext, host: string): Promise<ExitCode> {
  const { terminal, options } = context;
  return callAndShow(context, 'tunnel.forgetHost', { host }, async ({ forgotten }) => {
    if (options.has('json')) await terminal.out(JSON.stringify({ type: 'tunnel-host', host, forgotten }));
    else if (forgotten) await terminal.out(`The key of ${host} is forgotten; the next one that it shows is trusted.`);
    else terminal.say(`No key of ${host} is known. Give it as HOST or HOST:PORT.`);
    return forgotten ? exit.done : exit.failed;
  });
}
