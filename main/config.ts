import { hostname } from 'node:os';
import path from 'node:path';
import envPaths from 'env-paths';
import { fail, ok, type Result } from '../preload/contract/result.ts';
import type { Proxies } from './adapters/network.ts';
import type { TunnelSurroundings } from './adapters/tunnel/tunnels.ts';
import { credentialNames, readForwardSecret, readProxies } from './config-network.ts';
import { isLoopbackHost } from './core/public-url.ts';
import { createSecret, type Secret } from './core/secret.ts';
import type { EnvironmentCredentials } from './services/credentials.ts';
import type { GivenOptions } from './terminal/command.ts';
import { type CommandSpec, globalOptions } from './terminal/command-spec.ts';
import { commandTable } from './terminal/command-table.ts';
import { readOptions } from './terminal/given-options.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every run knows of its surroundings. */
export interface Surroundings {
  readonly dataDirectory: string;
  /** Whether the user named the data directory, or it is the platform's. */
  readonly dataDirectoryGiven: boolean;
  readonly apiBase: string;
  /** The service is on this computer: a simulator, or a test. */
  readonly apiIsLoopback: boolean;
  readonly environmentCredentials: EnvironmentCredentials | null;
  readonly hostName: string;
  readonly tunnels: TunnelSurroundings;
  readonly proxies: Proxies;
  /** What forwarded texts are signed with in this run; null: the keychain's. */
  readonly forwardSecret: Secret | null;
  readonly color: boolean;
}

export type Invocation =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly command: CommandSpec | null }
  | {
      readonly kind: 'run';
      readonly command: CommandSpec;
      readonly options: GivenOptions;
      readonly surroundings: Surroundings;
    };

/** For what can be made again at any time. */
export function cacheDirectory(): string {
  return envPaths(appName, { suffix: '' }).cache;
}

export const defaultApiBase = 'https://thingspace.verizon.com';
const appName = 'thingspace-sms-tray';

/** The only reader of the command line and the environment. A failure is a sentence for wrong usage (exit code 2). */
export function readInvocation(argv: readonly string[], environment: Environment): Result<Invocation, string> {
  const [first, ...rest] = commandFirst(argv);
  if (['--version', '-V', '-v'].includes(first ?? '')) return ok({ kind: 'version' });
  if (first === undefined || first === '--help' || first === '-h') return ok({ kind: 'help', command: null });
  if (first === 'help') return helpOn(rest[0]);
  const command = commandTable.find(({ name }) => name === first);
  if (first.startsWith('-')) return fail(`The command comes first: thingspace-sms COMMAND ${first}. See --help.`);
  if (!command) return fail(`There is no command "${first}".${suggestion(first)}`);
  const options = readOptions(command, rest);
  if (!options.ok) return options;
  if (options.value.has('help')) return ok({ kind: 'help', command });
  if (options.value.has('version')) return ok({ kind: 'version' });
  const surroundings = readSurroundings(options.value, environment);
  return surroundings.ok
    ? ok({ kind: 'run', command, options: options.value, surroundings: surroundings.value })
    : surroundings;
}

/** What every command takes a value for may stand before it too, as with other programs. */
function commandFirst(argv: readonly string[]): readonly string[] {
  let at = 0;
  for (;;) {
    const word = argv[at] ?? '';
    const option = globalOptions.find(({ name, value }) => value !== null && `${word}=`.startsWith(`--${name}=`));
    if (!option) break;
    at += word.includes('=') ? 1 : 2;
  }
  const command = argv[at];
  return command === undefined ? argv : [command, ...argv.slice(0, at), ...argv.slice(at + 1)];
}

/** How the desktop was started. */
export interface DesktopStart {
  readonly surroundings: Surroundings;
  /** At login: no window. */
  readonly hidden: boolean;
  /** On the built-in simulator, with data that is thrown away. */
  readonly demo: boolean;
  /** The AppImage that this process runs from; its own path is gone once it ends. */
  readonly appImage: string | null;
}

/** Reads the desktop's arguments. Chromium, shells and links add some of their own, so what is unknown is passed over. */
export function readDesktopStart(argv: readonly string[], environment: Environment): Result<DesktopStart, string> {
  const text = (name: string): string | null => {
    const at = argv.indexOf(`--${name}`);
    const joined = argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
    return joined ?? (at === -1 ? null : (argv[at + 1] ?? null));
  };
  const has = (name: string): boolean => argv.includes(`--${name}`);
  const texts = (name: string): readonly string[] => [text(name) ?? []].flat();
  const surroundings = readSurroundings({ text, texts, has, positionals: [] }, environment);
  if (!surroundings.ok) return surroundings;
  const appImage = environment['APPIMAGE'] ?? null;
  return ok({ surroundings: surroundings.value, hidden: has('hidden'), demo: has('demo'), appImage });
}

function helpOn(name: string | undefined): Result<Invocation, string> {
  const command = commandTable.find((entry) => entry.name === name) ?? null;
  return name !== undefined && !command
    ? fail(`There is no command "${name}".${suggestion(name)}`)
    : ok({ kind: 'help', command });
}

function suggestion(given: string): string {
  const near = commandTable.find(({ name }) => name.startsWith(given.slice(0, 3)));
  return near ? ` Did you mean "${near.name}"?` : ' See --help.';
}

function readSurroundings(options: GivenOptions, environment: Environment): Result<Surroundings, string> {
  const given = options.text('data-dir') ?? environment['THINGSPACE_SMS_DATA_DIR'] ?? '';
  const apiBase = readApiBase(options.text('api-base') ?? environment['THINGSPACE_API_BASE'] ?? defaultApiBase);
  if (!apiBase.ok) return apiBase;
  const credentials = readCredentials(environment);
  if (!credentials.ok) return credentials;
  const proxies = readProxies(environment);
  if (!proxies.ok) return proxies;
  const forwardSecret = readForwardSecret(environment);
  if (!forwardSecret.ok) return forwardSecret;
  return ok({
    dataDirectory: given === '' ? envPaths(appName, { suffix: '' }).data : path.resolve(given),
    dataDirectoryGiven: given !== '',
    apiBase: apiBase.value.origin,
    apiIsLoopback: isLoopbackHost(apiBase.value.hostname),
    environmentCredentials: credentials.value,
    hostName: hostname(),
    tunnels: readTunnels(environment),
    proxies: proxies.value,
    forwardSecret: forwardSecret.value,
    color: (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb',
  });
}

function readApiBase(text: string): Result<{ readonly origin: string; readonly hostname: string }, string> {
  if (!URL.canParse(text)) return fail(`--api-base is no URL. Give one such as ${defaultApiBase}.`);
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    return fail(
      `--api-base must be an https: URL; http: is for this computer only, because credentials are sent there.`,
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return fail('--api-base takes no user name, query or fragment.');
  return ok({ origin: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, hostname: url.hostname });
}

/** What a tunnel's program gets to know: where programs, home and language are, and what Windows cannot do without. */
const childVariables = (
  'PATH HOME USER LOGNAME LANG LC_ALL LC_CTYPE TMPDIR ' +
  'SystemRoot SystemDrive USERPROFILE USERNAME APPDATA LOCALAPPDATA TEMP TMP'
).split(' ');

function readTunnels(environment: Environment): TunnelSurroundings {
  const kept = childVariables.flatMap((name) => {
    const value = environment[name] ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  const secret = environment['THINGSPACE_TUNNEL_SECRET'] ?? '';
  const sshAgent = environment['SSH_AUTH_SOCK'] ?? '';
  return {
    environment: Object.fromEntries(kept),
    secret: secret === '' ? null : createSecret(secret),
    sshAgent: sshAgent === '' ? null : sshAgent,
  };
}

/** All four or none: half of them is a mistake that is better told than guessed about. */
function readCredentials(environment: Environment): Result<EnvironmentCredentials | null, string> {
  const missing = credentialNames.filter((name) => (environment[name] ?? '') === '');
  if (missing.length === credentialNames.length) return ok(null);
  if (missing.length > 0)
    return fail(`The environment has some of the credentials, but not ${missing.join(', ')}. Set all four or none.`);
  const [appKey, appSecret, username, password] = credentialNames.map((name) => createSecret(environment[name] ?? ''));
  return appKey && appSecret && username && password ? ok({ appKey, appSecret, username, password }) : ok(null);
}
