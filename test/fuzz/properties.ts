import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createClock } from '../../main/adapters/clock.ts';
import { createSettingsStore } from '../../main/adapters/settings.ts';
import { createThingSpaceApi } from '../../main/adapters/thingspace/client.ts';
import { readInvocation } from '../../main/config.ts';
import { readProxies } from '../../main/config-network.ts';
import { credentialsOf, readCallbackBody, textWithoutSecrets, withoutSecrets } from '../../main/core/callback-body.ts';
import { parseDeepLink, viewFragment } from '../../main/core/deep-link.ts';
import { type ExportedText, exportedText, exportFormats, firstHash, hashedText } from '../../main/core/export-row.ts';
import { visible } from '../../main/core/plain-text.ts';
import { checkPublicUrl } from '../../main/core/public-url.ts';
import { parseQuery } from '../../main/core/query.ts';
import { createSecret } from '../../main/core/secret.ts';
import { createRouter, type Handlers } from '../../main/services/router.ts';
import { globalOptions } from '../../main/terminal/command-spec.ts';
import { commandTable } from '../../main/terminal/command-table.ts';
import { methods } from '../../preload/contract/methods.ts';
import { defaultSettings } from '../../preload/contract/settings.ts';

/** Something that must hold of whatever comes from outside. */
export interface Property {
  readonly name: string;
  /** The share of the runs: one that opens files or sockets has fewer. */
  readonly weight: number;
  readonly property: fc.IAsyncProperty<[unknown]>;
}

function check<T>(
  name: string,
  what: fc.Arbitrary<T>,
  holds: (value: T) => Promise<void> | void,
  weight = 1,
): Property {
  return {
    name,
    weight,
    property: fc.asyncProperty(what, async (value) => holds(value)),
  };
}

function insist(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '\ud800',
    '\0',
    '\u001b]0;x\u0007',
    '=1+1',
    "'=1",
    '\r\n',
    '\u2028',
    '__proto__',
    '1e999',
    'true',
    '-0',
  ),
);
const secret = 'S3cretCanary0123456789';

/** Objects with the field names that are looked for, and anything in them. */
function fieldsOf(names: readonly string[]): fc.Arbitrary<unknown> {
  const value = fc.oneof({ depthSize: 'small' }, text, fc.jsonValue(), fc.constant(secret), fc.constant(null));
  const nested = fc.dictionary(fc.constantFrom(...names), value);
  return fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), fc.oneof(value, nested, fc.array(nested)));
}

const callbackNames = [
  'username',
  'password',
  'Password',
  'smsMessage',
  'SmsMessage',
  'message',
  'deviceIds',
  'device',
  'Device',
  'id',
  'kind',
  'Identifier',
  'requestId',
  'timestamp',
  'callbackCount',
  'status',
  'deviceResponse',
  'smsDeliveryResponse',
  'faultResponse',
  'niddResponse',
  'confirmation',
  '__proto__',
  'constructor',
  'toString',
  'access_token',
  'apiKey',
];
const answerNames = [
  'messages',
  'hasMoreData',
  'token',
  'next',
  'nextToken',
  'access_token',
  'expires_in',
  'sessionToken',
  'success',
  'requestId',
  'errorCode',
  'errorMessage',
  'fault',
  'code',
  'description',
  'error',
  'error_description',
  'devices',
  'deviceIds',
  'id',
  'kind',
  'message',
  'timestamp',
  'accountName',
  'organizationName',
  'extendedAttributes',
  'key',
  'value',
  'serviceName',
  'name',
  'url',
  'username',
  'password',
  '__proto__',
];

// ---------------------------------------------------------------- callbacks

const callbacks = check('callback bodies', fc.oneof(fc.jsonValue(), fieldsOf(callbackNames)), (body) => {
  const read = readCallbackBody(body);
  insist(['text', 'delivery', 'fault', 'other', 'unreadable'].includes(read.kind), 'an unknown kind');
  if (read.kind !== 'unreadable') {
    insist(
      read.deviceIds.length <= 32 && read.deviceIds.every(({ id, kind }) => id !== '' && kind !== ''),
      'identifiers',
    );
  }
  const { username, password } = credentialsOf(body);
  insist(typeof username === 'string' && typeof password === 'string', 'credentials');
  const kept = withoutSecrets(body, [secret]);
  insist(!kept.includes(secret), 'a secret is kept');
  JSON.parse(kept);
});

const refusedTexts = check(
  'bodies that are no JSON',
  fc.tuple(text, fc.constantFrom('password', 'accessToken', 'api_key', 'Username'), text),
  ([before, key, after]) => {
    insist(!textWithoutSecrets(`${before}${secret}${after}`, [secret]).includes(secret), 'a known secret is kept');
    const guessed = `{"smsMessage":"x","${key}":"${secret}`;
    insist(!textWithoutSecrets(guessed).includes(secret), 'a secret of a cut body is kept');
  },
);

// ---------------------------------------------------------------- ThingSpace

type Fetch = typeof globalThis.fetch;

/** Answers every request of this process in memory; restored when `work` is done. */
async function answering(answer: Response, work: () => Promise<void>): Promise<void> {
  const before: Fetch = globalThis.fetch;
  globalThis.fetch = async () => answer;
  try {
    await work();
  } finally {
    globalThis.fetch = before;
  }
}

const tokens = { bearer: createSecret(secret), session: createSecret('0therCanary0123456789') };
const credentials = {
  appKey: tokens.bearer,
  appSecret: tokens.bearer,
  username: tokens.bearer,
  password: tokens.bearer,
};
const answer = fc.record({
  call: fc.constantFrom(
    'token',
    'login',
    'list',
    'register',
    'deregister',
    'start',
    'history',
    'send',
    'account',
    'devices',
  ),
  status: fc.constantFrom(200, 201, 202, 204, 301, 400, 401, 403, 404, 408, 429, 500, 503, 599),
  body: fc.oneof(
    fieldsOf(answerNames).map((value) => JSON.stringify(value)),
    fc.array(fieldsOf(answerNames)).map((value) => JSON.stringify(value)),
    fc.array(fieldsOf(answerNames)).map((messages) => JSON.stringify({ messages, hasMoreData: true })),
    text,
    text.map((words) => `<am:fault><am:code>${words}</am:code><am:message>${words}${secret}</am:message></am:fault>`),
  ),
  headers: fc.dictionary(
    fc.constantFrom('Location', 'Retry-After', 'Date', 'Content-Type'),
    fc.oneof(
      fc.constantFrom('?next=%E0', '/x?next=abc', '-5', '1e9', 'never'),
      fc.string({ unit: fc.constantFrom('a', '1', '%', '?', '&', '=', '/', ' ', ';', ':') }),
    ),
  ),
});

const answers = check('answers of ThingSpace', answer, async ({ call, status, body, headers }) => {
  const empty = status === 204;
  await answering(new Response(empty ? null : body, { status, headers }), async () => {
    const api = createThingSpaceApi({ apiBase: 'https://thingspace.invalid', clock: createClock() });
    const account = '0000123456-00001';
    const ask = {
      token: () => api.requestToken(credentials),
      login: () => api.login(credentials, tokens.bearer),
      list: () => api.listCallbacks(tokens, account),
      register: () =>
        api.registerCallback(tokens, account, {
          url: 'https://a.example/callback/x',
          username: 'u',
          password: tokens.bearer,
        }),
      deregister: () => api.deregisterCallback(tokens, account),
      start: () => api.startCallbacks(tokens, account),
      history: () => api.history(tokens, account, null),
      send: () =>
        api.send(tokens, {
          account,
          to: { id: '1', kind: 'mdn' },
          text: 'x',
          encoding: '7-bit',
          timeToLiveSeconds: null,
        }),
      status: () => api.requestStatus(tokens, account, 'r'),
      account: () => api.account(tokens, account),
      devices: () => api.devices(tokens, account, null),
    };
    const result = await ask[call]();
    api.close();
    if (result.ok) return;
    const words = JSON.stringify(result.error);
    insist(!words.includes(secret), 'a failure repeats a secret');
    insist(visible(words) === words, 'a failure steers a terminal');
  });
});

// ---------------------------------------------------------------- files, links, words, arguments

const settingsFile = check(
  'the settings file',
  fc.oneof(
    text,
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fieldsOf([...Object.keys(defaultSettings), '__proto__']).map((value) =>
      JSON.stringify({ ...defaultSettings, ...Object(value) }),
    ),
  ),
  async (content) => {
    const directory = mkdtempSync(join(tmpdir(), 'fuzz-settings-'));
    try {
      writeFileSync(join(directory, 'settings.json'), content);
      const store = await createSettingsStore({ directory, backend: 'file', clock: createClock() });
      insist(store.read().version === 1, 'settings of no version');
      insist(store.change({ theme: 'dark' }).ok, 'settings cannot be changed');
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
  0.1,
);

const link = fc.oneof(
  text,
  text.map((id) => `thingspace-sms://message/${id}`),
  fc.webUrl(),
);
const deepLinks = check('deep links', link, (given) => {
  const view = parseDeepLink(given);
  if (view === null) return;
  insist(view.kind === 'message' && /^[\w-]{1,64}$/.test(view.id), 'an id of other characters');
  insist(/^#\/message\/[\w-]+$/.test(viewFragment(view)), 'a fragment of other characters');
});

const searchWord = fc.oneof(
  text,
  fc
    .tuple(
      fc.constantFrom('device:', 'from:', 'account:', 'is:', 'via:', 'before:', 'after:', '-', '"', '-"', 'NEAR('),
      text,
    )
    .map((both) => both.join('')),
);
const search = check(
  'the search language',
  fc.array(searchWord).map((words) => words.join(' ')),
  (query) => {
    for (const { term } of parseQuery(query, { now: 1_790_000_000_000 })) {
      if (term.kind === 'before' || term.kind === 'after') insist(Number.isFinite(term.at), 'a moment that is none');
    }
  },
);

const publicUrls = check(
  'public URLs',
  fc.oneof(
    text,
    fc.webUrl(),
    fc.webAuthority().map((host) => `https://${host}`),
  ),
  (url) => {
    const checked = checkPublicUrl(url, { loopbackAllowed: false });
    if (checked.ok)
      insist(URL.canParse(checked.value) && !/[\s?#]|:\/\/[^/]*@/.test(checked.value), 'no URL was accepted');
  },
);

const names = Object.keys(methods);
const silent = { write: () => undefined };
const router = createRouter(
  Object.fromEntries(names.map((name) => [name, async () => ({ ok: true, value: {} })])) as unknown as Handlers,
  silent,
);
const inputNames = [
  'account',
  'query',
  'before',
  'after',
  'limit',
  'offset',
  'id',
  'ids',
  'to',
  'text',
  'mode',
  'kind',
  'requestId',
  ...Object.keys(defaultSettings),
  'appKey',
  'password',
];
const call = fc.record({
  name: fc.oneof(fc.constantFrom(...names, '__proto__', 'constructor', 'toString'), text),
  caller: fc.constantFrom('window' as const, 'terminal' as const),
  input: fc.oneof(fc.anything(), fieldsOf(inputNames)),
});
const contract = check('calls of the contract', call, async ({ name, caller, input }) => {
  const result = await router.handle(caller, name, input);
  insist(result.ok ? names.includes(name) : result.error.message !== '', 'no answer');
});

const options = [...globalOptions, ...commandTable.flatMap((command) => command.options)].map(
  ({ name }) => `--${name}`,
);
const argument = fc.oneof(
  fc.constantFrom(...commandTable.map(({ name }) => name), ...options, '--', '-'),
  text,
  fc.tuple(fc.constantFrom(...options), text).map((both) => both.join('=')),
);
const variable = fc.constantFrom(
  'THINGSPACE_API_BASE',
  'THINGSPACE_SMS_DATA_DIR',
  'THINGSPACE_APP_KEY',
  'NO_COLOR',
  'HTTPS_PROXY',
  'NO_PROXY',
);
const commandLine = check(
  'the command line and the environment',
  fc.tuple(fc.array(argument, { maxLength: 6 }), fc.dictionary(variable, text)),
  ([argv, environment]) => {
    const read = readInvocation(argv, environment);
    insist(read.ok || (typeof read.error === 'string' && read.error !== ''), 'no words');
    if (!readProxies(environment).ok && !read.ok) insist(!/me:pw/.test(read.error), 'a proxy is shown');
  },
);

// ---------------------------------------------------------------- exports

const exported: fc.Arbitrary<ExportedText> = fc.record({
  id: text,
  account: text,
  deviceIds: fc.array(
    fc.record({
      id: text.filter((id) => id !== '' && id.isWellFormed()).map((id) => id.slice(0, 256)),
      kind: text.filter((kind) => kind !== '' && kind.isWellFormed()).map((kind) => kind.slice(0, 64)),
    }),
    { maxLength: 4 },
  ),
  text,
  receivedAt: fc.constant('2026-11-23T15:08:01.123Z'),
  platformTime: fc.oneof(fc.constant(null), text),
  lanes: fc.constantFrom(['callback'] as const, ['history'] as const, ['callback', 'history'] as const),
});
const wellFormed = (row: ExportedText): boolean =>
  JSON.stringify(row) === JSON.stringify(JSON.parse(JSON.stringify(row))) && !/\\ud[89a-f]/i.test(JSON.stringify(row));
/** As a spreadsheet reads a line (RFC 4180). */
function cellsOf(line: string): readonly string[] {
  const cells = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...cells].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

const exports = check('export and reading it back', exported.filter(wellFormed).map(exportedText), (row) => {
  const hash = createHash('sha256')
    .update(hashedText(firstHash, 1, row))
    .digest('hex');
  for (const format of Object.values(exportFormats)) {
    const line = format.write({ kind: 'text', row: 1, text: row, hash });
    const read = format.read(line);
    insist(
      read?.kind === 'text' && JSON.stringify(read.text) === JSON.stringify(row),
      `it is not what was written: ${line}`,
    );
    if (format.quoted)
      for (const cell of cellsOf(line)) insist(!/^[=+\-@\t\r\n＝＋－＠]/.test(cell), `a formula: ${cell}`);
  }
});

export const properties: readonly Property[] = [
  callbacks,
  refusedTexts,
  answers,
  settingsFile,
  deepLinks,
  search,
  publicUrls,
  contract,
  commandLine,
  exports,
];
