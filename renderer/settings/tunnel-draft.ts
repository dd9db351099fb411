import type { Settings } from '../../preload/contract/settings.ts';
import { type SecretKind, type TunnelChoice, type TunnelKind, tunnelChoice } from '../../preload/contract/tunnel.ts';
import type { Words } from '../words/words.ts';

export type FieldName = keyof Words['tunnel']['fields'];

interface FieldSpec {
  readonly name: FieldName;
  readonly needed?: boolean;
  readonly number?: boolean;
}

const listenerPort: FieldSpec = { name: 'listenerPort', number: true };
const publicUrl: FieldSpec = { name: 'publicUrl' };
const neededUrl: FieldSpec = { name: 'publicUrl', needed: true };

/** What is typed for each kind, in this order. */
export const tunnelFields: Readonly<Record<TunnelKind, readonly FieldSpec[]>> = {
  none: [],
  url: [neededUrl, listenerPort],
  ssh: [
    { name: 'host', needed: true },
    { name: 'user', needed: true },
    { name: 'port', number: true },
    { name: 'keyFile' },
    { name: 'remotePort', needed: true, number: true },
    { name: 'bindAddress' },
    publicUrl,
  ],
  ngrok: [{ name: 'domain' }],
  cloudflared: [{ name: 'tunnel' }, publicUrl],
  tailscale: [],
  devtunnel: [{ name: 'tunnel' }, listenerPort],
  pinggy: [],
  localtunnel: [{ name: 'subdomain' }],
  frp: [{ name: 'configFile', needed: true }, neededUrl],
  bore: [{ name: 'server', needed: true }, { name: 'remotePort', needed: true, number: true }, neededUrl],
  command: [{ name: 'command', needed: true }, { name: 'pattern' }, publicUrl, listenerPort],
};

/** What is typed so far: every field as a text, empty where nothing is. */
export interface TunnelDraft {
  readonly kind: TunnelKind;
  readonly auth: 'key' | 'agent' | 'password';
  readonly typed: Readonly<Partial<Record<FieldName, string>>>;
}

export type TunnelSettings = Pick<Settings, 'tunnel' | 'publicUrl' | 'listenerPort'>;

/** The draft of what is stored. A public URL on its own is the kind `url`, however it was stored. */
export function draftOf({ tunnel, publicUrl: url, listenerPort: port }: TunnelSettings): TunnelDraft {
  const choice: TunnelChoice = tunnel.kind === 'none' && url !== null ? { kind: 'url', publicUrl: url } : tunnel;
  const entries = Object.entries({ ...choice, listenerPort: port }).map(
    ([name, value]) => [name, value === null ? '' : String(value)] as const,
  );
  return { kind: choice.kind, auth: choice.kind === 'ssh' ? choice.auth : 'key', typed: Object.fromEntries(entries) };
}

/** What of a draft cannot be stored, in words beside its field. */
export function draftProblems(
  draft: TunnelDraft,
  words: Words['tunnel'],
): Readonly<Partial<Record<FieldName, string>>> {
  const problems: Partial<Record<FieldName, string>> = {};
  for (const { name, needed = false, number = false } of tunnelFields[draft.kind]) {
    const value = typedIn(draft, name);
    if (value === '') {
      if (needed) problems[name] = words.needed;
    } else if (number && !isPort(value)) problems[name] = words.portWrong;
    else if (name === 'pattern' && !isPattern(value)) problems[name] = words.patternWrong;
  }
  const parsed = tunnelChoice.safeParse(choiceInput(draft));
  for (const issue of parsed.success ? [] : parsed.error.issues) {
    const spec = tunnelFields[draft.kind].find(({ name }) => name === issue.path[0]);
    if (spec) problems[spec.name] ??= words.wrong;
  }
  return problems;
}

/** The draft as it is stored; null while something of it cannot be. */
export function changeOf(draft: TunnelDraft): TunnelSettings | null {
  const parsed = tunnelChoice.safeParse(choiceInput(draft));
  const port = typedIn(draft, 'listenerPort');
  const keepsPort = tunnelFields[draft.kind].includes(listenerPort);
  if (!parsed.success || (keepsPort && port !== '' && !isPort(port))) return null;
  return { tunnel: parsed.data, publicUrl: null, listenerPort: keepsPort && port !== '' ? Number(port) : null };
}

/** The secret that goes with a draft; null where it has none. */
export function secretOf({ kind, auth }: TunnelDraft): SecretKind | null {
  return kind === 'ngrok' ? 'ngrok' : kind === 'ssh' && auth !== 'agent' ? 'ssh' : null;
}

export function typedIn(draft: TunnelDraft, name: FieldName): string {
  return (draft.typed[name] ?? '').trim();
}

function choiceInput(draft: TunnelDraft): Readonly<Record<string, unknown>> {
  const given = tunnelFields[draft.kind]
    .filter((spec) => spec !== listenerPort && typedIn(draft, spec.name) !== '')
    .map(({ name, number }) => [name, number === true ? Number(typedIn(draft, name)) : typedIn(draft, name)] as const);
  return { kind: draft.kind, ...Object.fromEntries(given), ...(draft.kind === 'ssh' ? { auth: draft.auth } : {}) };
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
