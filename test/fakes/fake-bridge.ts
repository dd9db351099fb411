import { matches, parseQuery } from '../../main/core/query.ts';
import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { ExportProgress } from '../../preload/contract/export.ts';
import type { Message } from '../../preload/contract/message.ts';
import type { Input, MethodName, Output } from '../../preload/contract/methods.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { defaultSettings, type Settings } from '../../preload/contract/settings.ts';
import type { AccountView, Snapshot, TimelineEntry } from '../../preload/contract/snapshot.ts';
import { createFakeDevices } from './fake-devices.ts';
import { createFakeSends, type FakeSends } from './fake-sends.ts';
import { sampleAccount, sampleSnapshot } from './samples.ts';

type Answers = {
  readonly [N in MethodName]?: (
    input: Input<N>,
  ) => Result<Output<N>, PublicError> | Promise<Result<Output<N>, PublicError>>;
};

export interface FakeOptions {
  readonly snapshot?: Partial<Omit<Snapshot, 'inbox'>>;
  readonly inbox?: Partial<Pick<Snapshot['inbox'], 'unread' | 'revision' | 'unverified'>>;
  readonly settings?: Partial<Settings>;
  /** Rows that are there from the start; made when they are asked for, so a million cost nothing. */
  readonly texts?: number;
  /** ms: when the newest of them came */
  readonly now?: number;
  /** ms between two of them */
  readonly apart?: number;
  /** Rows on top of them, oldest first. */
  readonly more?: readonly Partial<Message>[];
  readonly credentials?: Output<'credentials.state'>;
  /** What a rule of retention would delete. */
  readonly old?: Output<'retention.preview'>;
  readonly offers?: Output<'tunnel.offers'>['offers'];
  readonly kept?: Output<'tunnel.kept'>;
  /** What a check of an account finds. */
  readonly seen?: Output<'account.check'>;
  readonly unverified?: Output<'unverified.page'>['items'];
  readonly timeline?: readonly TimelineEntry[];
}

/** A bridge with a scripted core behind it: rows, snapshots, and a record of what was called. */
export interface FakeBridge {
  readonly bridge: Bridge;
  readonly snapshot: () => Snapshot;
  readonly calls: { readonly name: MethodName; readonly input: unknown }[];
  /** Stores one more text and tells a snapshot. Returns its sequence. */
  readonly arrive: (text: Partial<Message>) => number;
  /** Tells a snapshot that differs in these fields. */
  readonly tell: (change: Partial<Snapshot>) => void;
  readonly tellAccount: (name: string, change: Partial<AccountView>) => void;
  /** Answers a method by this from now on. */
  readonly answer: (answers: Answers) => void;
  readonly sends: Pick<FakeSends, 'change' | 'showBench'>;
}

const samples = [
  'BAT 87% RSSI -67 TEMP 21.4C DOOR CLOSED',
  'reply from CA1282117271002: status Network Ready : LTE Cat-M1. RSSI -71 Lat=+47.2602 Long=-122.4443 Time=22:18:08',
  'ALARM pump 3 stopped, pressure 1.2 bar, see panel B',
  'OK',
  '$GPRMC,141802.00,A,4715.612,N,12226.658,W,0.02,31.66,231126,,,A*7B',
  'tank=4 level=0.62 volts=12.9 seq=40117',
  'ign on 14:02:11 odo 48211.7 km driver 0032',
  '41,00,7F,A2,19,03,00,00,00,08',
];

/** A plausible account that listens. */
export function fakeAccount(change: Partial<AccountView> = {}): AccountView {
  return sampleAccount({
    sentence: 'Listening. Nothing is waiting.',
    holder: 'sms.example.com',
    ...change,
  });
}

export function createFakeBridge(options: FakeOptions = {}): FakeBridge {
  const rows = createRows(options, (message) => devices.named(message));
  const devices = createFakeDevices(
    (query) => rows.newestFirst(query),
    () => sends.all(),
  );
  const calls: { name: MethodName; input: unknown }[] = [];
  const listeners = new Set<(snapshot: Snapshot) => void>();
  const sends = createFakeSends(
    () => Date.now(),
    () => tell({ sends: current.sends + 1 }),
  );
  let settings: Settings = { ...defaultSettings, ...options.settings };
  let exported: ExportProgress = { state: 'running', written: 0, total: 0, hash: null, path: null, reason: null };
  let current = firstSnapshot(options, rows.count());
  let scripted: Answers = {};

  function tell(change: Partial<Snapshot>): void {
    current = { ...current, ...change, number: current.number + 1 };
    for (const listener of listeners) listener(current);
  }

  function tellRows(change: Partial<Snapshot['inbox']> = {}): void {
    const { inbox } = current;
    tell({ inbox: { ...inbox, total: rows.count(), newest: rows.count(), revision: inbox.revision + 1, ...change } });
  }

  function tellAccount(name: string, change: Partial<AccountView>): void {
    tell({ accounts: current.accounts.map((view) => (view.name === name ? { ...view, ...change } : view)) });
  }

  const answers: { readonly [N in MethodName]: (input: Input<N>) => Result<Output<N>, PublicError> } = {
    'snapshot.get': () => ok(current),
    'inbox.page': (input) => ok(rows.page(input)),
    'inbox.first': (input) => ok({ ...rows.page(input), total: null }),
    'inbox.message': ({ id }) => {
      const message = rows.find(id);
      if (!message) return fail({ code: 'not-found', message: 'This text is not stored any more.', service: null });
      return ok({
        message,
        rawCallback: rawCallback(message),
        rawHistory: null,
        answeredAt: message.receivedAt,
        arrivals: [],
        forwards: [],
      });
    },
    'inbox.star': ({ ids, starred }) => {
      rows.star(ids, starred);
      tellRows();
      return ok({ changed: ids.length });
    },
    'inbox.markRead': ({ ids }) => {
      const changed = rows.markRead(ids);
      tellRows({ unread: Math.max(0, current.inbox.unread - changed) });
      return ok({ changed });
    },
    'devices.page': (input) => ok(devices.page(input)),
    'devices.get': ({ device }) => known(devices.find(device)),
    'devices.thread': (input) => known(devices.thread(input)),
    'devices.change': (change) => {
      const changed = devices.change(change);
      tellRows();
      return known(changed);
    },
    'devices.markRead': ({ device }) => {
      const number = devices.find(device)?.id;
      const own = [...rows.newestFirst('')].filter((message) => devices.numberOf(message) === number);
      const changed = rows.markRead(own.map(({ id }) => id));
      tellRows({ unread: Math.max(0, current.inbox.unread - changed) });
      return ok({ changed });
    },
    'devices.refresh': () => {
      tellRows();
      return ok({ listed: 10, known: 10 });
    },
    'retention.preview': () => ok(options.old ?? { texts: 0, oldest: null, newest: null }),
    'store.backup': () => ok({}),
    'unverified.page': () => ok({ items: options.unverified ?? [] }),
    'timeline.page': () => ok({ entries: options.timeline ?? [] }),
    'account.startCallbacks': ({ account }) => {
      tellAccount(account, { state: 'live', light: 'live', sentence: 'Listening. Nothing is waiting.' });
      return ok({ success: true });
    },
    'account.drain': () => ok({ fetched: 3, stored: 2 }),
    'account.callbacks': () => ok({ registrations: [] }),
    'account.restore': () => ok({ restored: false, sentence: 'There is nothing to put back.' }),
    'account.takeOver': ({ account }) => {
      tellAccount(account, { state: 'live', light: 'live', sentence: 'Listening.', problem: null });
      tell({ action: null, problems: [], light: 'live', sentence: 'Listening.' });
      return ok({});
    },
    'account.stop': ({ account }) => {
      tellAccount(account, { state: 'off', light: 'off', sentence: 'Off. Texts wait in the queue at ThingSpace.' });
      return ok({});
    },
    'account.resume': ({ account }) => {
      tellAccount(account, { state: 'live', light: 'live', sentence: 'Listening.' });
      return ok({});
    },
    'account.check': () => ok(options.seen ?? { organization: null, holder: 'nobody', host: null }),
    'account.add': ({ account, mode: asked = null }) => {
      const before = current.accounts.find(({ name }) => name === account)?.mode ?? null;
      const mode = asked ?? before ?? 'auto';
      if (before !== null) tellAccount(account, { mode });
      else tell({ accounts: [...current.accounts, fakeAccount({ name: account, mode })] });
      return ok({ mode, before });
    },
    'account.remove': ({ account }) => {
      tell({ accounts: current.accounts.filter(({ name }) => name !== account) });
      return ok({});
    },
    'app.pause': () => {
      tell({ paused: true, light: 'paused', sentence: 'Paused. Texts wait in the queue at ThingSpace.' });
      return ok({});
    },
    'app.resume': () => {
      tell({ paused: false, light: 'live', sentence: 'Listening. Nothing is waiting.' });
      return ok({});
    },
    'app.retry': () => ok({}),
    'app.examine': () => ok({ checks: [] }),
    'forward.replay': () => ok({ url: 'http://localhost:3000/sms', status: 200 }),
    'forward.secret': () => ok({ secret: 'whsec_fake' }),
    ...sends.answers,
    'credentials.state': () =>
      ok(options.credentials ?? { state: 'present', sentence: 'Credentials are in the keychain.' }),
    'credentials.save': () => ok({}),
    'credentials.clear': () => ok({ sentence: 'Nothing of this app is left in the keychain.' }),
    'settings.get': () => ok(settings),
    'settings.change': (change) => {
      settings = {
        ...settings,
        ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
      };
      return ok(settings);
    },
    'tunnel.offers': () => ok({ offers: options.offers ?? [] }),
    'tunnel.kept': () => ok(options.kept ?? { secrets: [], problem: null, hosts: [] }),
    'tunnel.saveSecret': () => ok({}),
    'tunnel.clearSecret': () => ok({}),
    'tunnel.forgetHost': () => ok({ forgotten: true }),
    'wayIn.try': () => {
      tell({ wayIn: { state: 'proved', sentence: 'https://sms.example.com leads here.', port: 9001 } });
      return ok({});
    },
    'demo.enter': () => {
      tell({ demo: 'shown', simulated: true, accounts: [fakeAccount()], sentence: 'Listening.', light: 'live' });
      return ok({});
    },
    'demo.leave': () => {
      tell({ demo: 'offered', simulated: false, accounts: [], sentence: 'No account yet.', light: 'off' });
      tell({ inbox: { total: 0, unread: 0, newest: 0, revision: current.inbox.revision + 1, unverified: 0 } });
      return ok({});
    },
    'export.start': ({ query = '' }) => {
      exported = { ...exported, state: 'running', written: 0, total: rows.page({ query, limit: 1 }).total };
      return ok({ id: 'export-1', download: null });
    },
    'export.progress': () => {
      const written = Math.min(exported.total, exported.written + 400);
      const done = exported.state === 'running' && written === exported.total;
      exported = { ...exported, ...(exported.state === 'running' ? { written } : {}) };
      if (done) exported = { ...exported, state: 'done', hash: 'a3'.repeat(32), path: '/home/pat/texts.csv' };
      return ok(exported);
    },
    'face.actions': () => ok({ actions: [] }),
    'face.do': () => ok({ sentence: null, file: null }),
    'export.cancel': () => {
      exported = { ...exported, state: 'cancelled' };
      return ok(exported);
    },
  };

  return {
    snapshot: () => current,
    bridge: {
      call: async (name, input) => {
        calls.push({ name, input });
        return await (scripted[name] ?? answers[name])(input);
      },
      onSnapshot: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    calls,
    arrive: (text) => {
      const sequence = rows.add(text);
      tellRows({ unread: current.inbox.unread + (text.unread === false ? 0 : 1) });
      return sequence;
    },
    tell,
    tellAccount,
    answer: (more) => {
      scripted = { ...scripted, ...more };
    },
    sends,
  };
}

function known<T>(value: T | undefined): Result<T, PublicError> {
  return value === undefined
    ? fail({ code: 'not-found', message: 'No such device is known here.', service: null })
    : ok(value);
}

function firstSnapshot(options: FakeOptions, total: number): Snapshot {
  return sampleSnapshot({
    sentence: 'Listening through https://sms.example.com. Nothing is waiting.',
    publicOrigin: 'https://sms.example.com',
    accounts: [fakeAccount()],
    ...options.snapshot,
    inbox: { unread: 0, revision: 1, unverified: 0, ...options.inbox, total, newest: total },
  });
}

/** Rows 1 to `texts` are made from their number; those that came since are kept. */
function createRows(
  { texts = 0, now = Date.now(), apart = 41_000, more = [] }: FakeOptions,
  named: (message: Message) => Message,
) {
  const added: Message[] = [];
  const read = new Set<string>();
  const stars = new Set<string>();

  function made(sequence: number): Message {
    const id = `m${sequence}`;
    const device = String(5_551_230_000 + ((sequence * 7919) % 40));
    return {
      id,
      sequence,
      account: sequence % 5 === 0 ? '0000123456-00002' : '0000123456-00001',
      deviceIds: [
        { id: `89148000000${device}`, kind: 'iccid' },
        { id: device, kind: 'mdn' },
      ],
      text: samples[sequence % samples.length] ?? '',
      receivedAt: new Date(now - (texts - sequence) * apart).toISOString(),
      platformTime: null,
      lanes: sequence % 7 === 0 ? ['callback', 'history'] : sequence % 3 === 0 ? ['history'] : ['callback'],
      unread: sequence > texts - 3 && !read.has(id),
    };
  }

  function row(sequence: number): Message | undefined {
    const bare = unstarred(sequence);
    return bare && stars.has(bare.id) ? { ...bare, starred: true } : bare;
  }

  function unstarred(sequence: number): Message | undefined {
    if (sequence < 1) return undefined;
    if (sequence <= texts) return named(made(sequence));
    const kept = added[sequence - texts - 1];
    return kept && named(read.has(kept.id) ? { ...kept, unread: false } : kept);
  }

  const count = (): number => texts + added.length;

  function* newestFirst(query: string, from: number): Generator<Message> {
    const sought = parseQuery(query, { now });
    for (let sequence = from; sequence >= 1; sequence -= 1) {
      const message = row(sequence);
      if (message && matches(sought, message)) yield message;
    }
  }

  function* oldestFirst(query: string, from: number): Generator<Message> {
    const sought = parseQuery(query, { now });
    for (let sequence = Math.max(1, from); sequence <= count(); sequence += 1) {
      const message = row(sequence);
      if (message && matches(sought, message)) yield message;
    }
  }

  /** The sequence that a page begins at or below. */
  function newestOf(query: string, { before = null, offset }: Pick<Input<'inbox.page'>, 'before' | 'offset'>): number {
    if (offset === undefined) return (before ?? count() + 1) - 1;
    if (query === '') return count() - offset;
    return first(newestFirst(query, count()), offset + 1)[offset]?.sequence ?? 0;
  }

  function add(text: Partial<Message>): number {
    const sequence = count() + 1;
    added.push({ ...made(sequence), receivedAt: new Date(now).toISOString(), unread: true, ...text, sequence });
    return sequence;
  }

  for (const text of more) add(text);

  return {
    count,
    add,
    newestFirst: (query: string) => newestFirst(query, count()),
    page: ({ query = '', after = null, limit = 100, ...place }: Input<'inbox.page'>): Output<'inbox.page'> => ({
      messages:
        after === null
          ? first(newestFirst(query, newestOf(query, place)), limit)
          : first(oldestFirst(query, after + 1), limit).toReversed(),
      total: query === '' ? count() : [...newestFirst(query, count())].length,
    }),
    find: (id: string): Message | undefined => row(added.find((one) => one.id === id)?.sequence ?? Number(id.slice(1))),
    star: (ids: readonly string[], on: boolean): void => {
      for (const id of ids)
        if (on) stars.add(id);
        else stars.delete(id);
    },
    markRead: (ids: readonly string[] | null): number => {
      const all = ids ?? [...newestFirst('', count())].map((message) => message.id);
      const fresh = all.filter((id) => !read.has(id));
      for (const id of fresh) read.add(id);
      return fresh.length;
    },
  };
}

function first<T>(all: Iterable<T>, most: number): T[] {
  const taken: T[] = [];
  for (const one of all) {
    if (taken.length === most) break;
    taken.push(one);
  }
  return taken;
}

function rawCallback(message: Message): string {
  return JSON.stringify(
    { username: '', password: '«removed»', deviceIds: message.deviceIds, smsMessage: message.text.slice(0, 400) },
    null,
    2,
  );
}
