import { z } from 'zod';
import { fail, ok, type Result } from './result.ts';

const text = z.string().min(1).max(1024);
const port = z.number().int().min(1).max(65_535);
/** A name that stands as one argument of a command: it must not look like an option. */
const name = text.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'A name has letters, digits, dots, dashes and underscores.');

/** How the internet reaches this computer, with what each way needs. No secret is ever among it. */
export const tunnelChoice = z.discriminatedUnion('kind', [
  /** No tunnel: the public URL of the settings if there is one. */
  z.object({ kind: z.literal('none') }).strict(),
  /** A reverse proxy, a forwarded port or a tunnel run by hand: its public URL. */
  z.object({ kind: z.literal('url'), publicUrl: text }).strict(),
  z
    .object({
      kind: z.literal('ssh'),
      host: text,
      port: port.default(22),
      user: text,
      /** How we sign in there; password and passphrase are in the keychain. */
      auth: z.enum(['key', 'agent', 'password']).default('key'),
      /** Path of the private key; null: the usual ones in ~/.ssh. */
      keyFile: text.nullable().default(null),
      /** Port that the server opens for us. */
      remotePort: port,
      /** Address of the server that it is opened on; loopback where a web server stands before it. */
      bindAddress: text.default('127.0.0.1'),
      /** Where the outside reaches it; null: plain http on the server's own name and that port. */
      publicUrl: text.nullable().default(null),
    })
    .strict(),
  z.object({ kind: z.literal('ngrok'), domain: name.nullable().default(null) }).strict(),
  /** Without a tunnel of one's own: a random name at each start. */
  z
    .object({
      kind: z.literal('cloudflared'),
      tunnel: name.nullable().default(null),
      publicUrl: text.nullable().default(null),
    })
    .strict(),
  z.object({ kind: z.literal('tailscale') }).strict(),
  z.object({ kind: z.literal('devtunnel'), tunnel: name.nullable().default(null) }).strict(),
  z.object({ kind: z.literal('pinggy') }).strict(),
  z.object({ kind: z.literal('localtunnel'), subdomain: name.nullable().default(null) }).strict(),
  z.object({ kind: z.literal('frp'), configFile: text, publicUrl: text }).strict(),
  z.object({ kind: z.literal('bore'), server: name, remotePort: port, publicUrl: text }).strict(),
  z
    .object({
      kind: z.literal('command'),
      /** Program and arguments; {port} stands for the local port. Run without a shell. */
      command: text,
      /** Regular expression for the line that has the URL (its first group, or all of it), or that says it is ready. */
      pattern: text.nullable().default(null),
      /** Where it is known beforehand. */
      publicUrl: text.nullable().default(null),
    })
    .strict(),
]);
export type TunnelChoice = Readonly<z.infer<typeof tunnelChoice>>;
export type TunnelKind = TunnelChoice['kind'];

export const tunnelKinds: readonly TunnelKind[] = tunnelChoice.options.map((option) => option.shape.kind.value);

/** The kinds that have a secret in the keychain. */
export const secretKinds = z.enum(['ssh', 'ngrok']);
export type SecretKind = z.infer<typeof secretKinds>;

const numbers = ['port', 'remotePort'];

/** A choice from `KEY=VALUE` texts, as a command line has them, or a sentence for wrong usage. */
export function readTunnelChoice(kind: string, options: readonly string[]): Result<TunnelChoice, string> {
  if (!tunnelKinds.some((known) => known === kind))
    return fail(`There is no tunnel of kind "${kind}". There are: ${tunnelKinds.join(', ')}.`);
  const given: Record<string, unknown> = { kind };
  for (const option of options) {
    const [, key = '', value = ''] = /^([A-Za-z]+)=(.+)$/s.exec(option) ?? [];
    if (key === '' || key === 'kind') return fail('--tunnel-option takes KEY=VALUE, such as host=sms.example.com.');
    given[key] = numbers.includes(key) && /^\d+$/.test(value) ? Number(value) : value;
  }
  const parsed = tunnelChoice.safeParse(given);
  return parsed.success ? ok(parsed.data) : fail(explain(kind, parsed.error.issues));
}

function explain(kind: string, issues: readonly z.core.$ZodIssue[]): string {
  const [issue] = issues;
  const shape = tunnelChoice.options.find((option) => option.shape.kind.value === kind)?.shape ?? {};
  const keys = Object.keys(shape).filter((key) => key !== 'kind');
  const takes = keys.length === 0 ? 'takes no options' : `takes ${keys.join(', ')}`;
  const missing = issue?.code === 'invalid_type' && issue.input === undefined;
  const key = issue?.path.join('.') ?? '';
  const what =
    issue?.code === 'unrecognized_keys'
      ? `knows no option ${issue.keys.join(', ')}`
      : missing
        ? `needs --tunnel-option ${key}=…`
        : `cannot use this ${key}: ${issue?.message ?? ''}`;
  return `The tunnel ${kind} ${what.replace(/\.$/, '')}. It ${takes}.`;
}

/** One kind of tunnel as this machine has it. */
export const tunnelOffer = z.object({
  kind: z.enum([
    'url',
    'ssh',
    'ngrok',
    'cloudflared',
    'tailscale',
    'devtunnel',
    'pinggy',
    'localtunnel',
    'frp',
    'bore',
    'command',
  ]),
  title: z.string(),
  /** Path of its program; null where none was found, or none is needed. */
  program: z.string().nullable(),
  /** Whether it can be used here now, as far as can be told without trying. */
  here: z.boolean(),
  needs: z.string(),
  name: z.enum(['stable', 'random', 'depends']),
  publicPort: z.string(),
  limits: z.string(),
  recommended: z.boolean(),
  why: z.string(),
});
export type TunnelOffer = Readonly<z.infer<typeof tunnelOffer>>;
