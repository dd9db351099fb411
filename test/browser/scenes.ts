import type { AccountView, Snapshot, TimelineEntry } from '../../preload/contract/snapshot.ts';
import { type FakeOptions, fakeAccount } from '../fakes/fake-bridge.ts';
import { sampleOffers } from './offers.ts';

/** ms: the moment at which scenes play, so that pictures of them can be compared. */
export const sceneTime = Date.UTC(2026, 10, 23, 19, 3, 22);

const iso = (secondsAgo: number): string => new Date(sceneTime - secondsAgo * 1000).toISOString();
const first = fakeAccount({ lastTextAt: iso(20), texts: 1204, unread: 3 });
const second = fakeAccount({
  name: '0000123456-00002',
  mode: 'poll',
  state: 'polling',
  light: 'live',
  sentence: 'Fetching its queue every 60 s. Last look 14:02:51.',
  lastTextAt: iso(5 * 3600),
  texts: 88,
  canStartCallbacks: false,
});

function one(change: Partial<AccountView>, snapshot: Partial<Snapshot> = {}): Partial<Snapshot> {
  return { accounts: [fakeAccount({ ...first, ...change })], ...snapshot };
}

const heldSentence =
  'Another server holds the callback for 0000123456-00001 (ops.example.com). Texts go there, and this app does not see them.';
const held = { code: 'callback-held', message: heldSentence, account: '0000123456-00001', service: null } as const;
const lockSentence =
  'ThingSpace refused the sign-in twice. No third try is made: five wrong ones lock the user at Verizon. Enter the credentials again.';
const stopped = {
  code: 'sign-in-stopped',
  message: lockSentence,
  account: null,
  service: {
    errorCode: 'UnifiedWebService.REQUEST_FAILED.Login.Failed',
    errorMessage: 'Username or password is wrong.',
    status: 400,
  },
} as const;

export const hostileTexts = {
  markup: '<script>window.hostile = true</script><img src=x onerror="window.hostile = true"> <b>bold</b>',
  bidi: 'pay 100 \u202Eevil\u202C to \u2066x\u2069 zero\u200Bwidth',
  control: 'before\0\0\0after\u0007\u001B[31mred\ttab\r\nsecond line',
  long: 'A'.repeat(50_000) + 'z'.repeat(50_000),
  emoji: 'family 👨‍👩‍👧‍👦 thumbs 👍🏽 flag 🇺🇸 heart ❤️‍🔥',
  arabic: 'تم فتح الباب رقم ٣ الآن',
} as const;

const hostile = Object.entries(hostileTexts).map(([name, text], index) => ({
  id: `hostile-${name}`,
  text,
  receivedAt: iso(6 - index),
}));

export const codedTexts = {
  pairs: 'tank=4 level=0.62 volts=12.9 seq=40117 Lat=+47.2602 Long=-122.4443',
  track: [
    '$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A',
    '$GPGGA,123520,4807.100,N,01131.300,E,1,08,0.9,545.4,M,46.9,M,,',
    '$GPGGA,123521,4807.130,N,01131.900,E,1,08,0.9,545.4,M,46.9,M,,',
  ].join('\n'),
  hex: '48 65 6C 6C 6F 00 FF 0A',
  base64: 'eyJ0ZW1wIjoyMS40LCJkb29yIjoiY2xvc2VkIn0=',
  json: '{"temp":21.4,"door":"closed","at":[1,2]}',
  link: 'update at https://updates.example.com/fw?id=7 (see http://ex\u0430mple.com/a).',
} as const;

const coded = Object.entries(codedTexts).map(([name, text], index) => ({
  id: `coded-${name}`,
  text,
  receivedAt: iso(6 - index),
}));

/** Two of three parts, the last one first, and a text in UCS-2. */
const onTheAir = ['(3/3), pressure 1.2 bar', '(1/3) ALARM pump 3', '041F04400438043204350442002C0020003400320021'].map(
  (text, index) => ({
    id: `air-${index + 1}`,
    text,
    deviceIds: [{ id: '5551239999', kind: 'mdn' }],
    receivedAt: iso(3 - index),
  }),
);

const timeline: readonly TimelineEntry[] = [
  {
    at: iso(3600 * 6),
    account: '0000123456-00001',
    kind: 'gap',
    text: 'Unreachable 03:12–07:40; 214 fetched from the queue, 0 pending.',
  },
  { at: iso(3600 * 7), account: '0000123456-00001', kind: 'state', text: 'live' },
  {
    at: iso(3600 * 8),
    account: '0000123456-00001',
    kind: 'state',
    text: 'degraded: the public address does not answer',
  },
  { at: iso(3600 * 30), account: null, kind: 'problem', text: 'ThingSpace could not be reached.' },
  { at: iso(3600 * 31), account: null, kind: 'note', text: 'The public address is https://sms.example.com.' },
];
const gapReport = {
  account: '0000123456-00001',
  from: iso(3600 * 10),
  to: iso(3600 * 6),
  fetched: 214,
  pending: 0,
  chosen: null,
};

const unverified = [
  {
    id: 2,
    receivedAt: iso(900),
    account: null,
    reason: 'The password in it is not the one that this app registered.',
    body: '{"username":"","password":"«removed»","deviceIds":[{"id":"5551230000","kind":"mdn"}],"smsMessage":"hello"}',
  },
  { id: 1, receivedAt: iso(4000), account: null, reason: 'It is not JSON.', body: 'GET /.env HTTP/1.1' },
];

const scenes = {
  live: { texts: 1204, snapshot: { accounts: [first, second] }, inbox: { unread: 3, unverified: 2 }, unverified },
  /** Before what is played with one device. */
  visit: { texts: 1204, now: sceneTime - 2_700_000, snapshot: { accounts: [first, second] }, inbox: { unread: 3 } },
  proved: {
    texts: 1204,
    snapshot: { provedAt: iso(12), accounts: [{ ...first, lastGap: gapReport }, second] },
    timeline,
  },
  coded: { texts: 20, more: [...coded, ...onTheAir], snapshot: one({}) },
  hostile: { texts: 20, more: hostile, snapshot: one({}) },
  million: { texts: 1_000_000, snapshot: one({ texts: 1_000_000 }), apart: 9000 },
  single: { texts: 1, snapshot: one({ texts: 1, unread: 1 }) },
  empty: { snapshot: one({ lastTextAt: null, texts: 0, unread: 0 }) },
  'empty-simulated': { snapshot: one({ lastTextAt: null, texts: 0, unread: 0 }, { simulated: true }) },
  'no-account': {
    snapshot: {
      accounts: [],
      light: 'off',
      sentence: 'No account yet. Add one to see its texts.',
      action: { kind: 'add-account', label: 'Add an account' },
      publicOrigin: null,
    },
  },
  'first-run': {
    snapshot: {
      accounts: [],
      light: 'off',
      demo: 'offered',
      sentence: 'No account yet. Add one to see its texts.',
      action: { kind: 'add-account', label: 'Add an account' },
      publicOrigin: null,
    },
    credentials: {
      state: 'missing',
      sentence: 'No credentials are stored. Save those of your ThingSpace application and API user.',
    },
    offers: sampleOffers,
    kept: {
      secrets: [
        { kind: 'ssh', stored: true },
        { kind: 'ngrok', stored: false },
      ],
      problem: null,
      hosts: [{ host: 'sms.example.com:22', fingerprint: 'SHA256:q2mGkW3dH8yYt1cFQn7sJr5bV0eZx9uLa4TgPoKi6Mw' }],
    },
    seen: { organization: 'Example Fleet', holder: 'other', host: 'ops.example.com' },
  },
  settings: {
    texts: 1204,
    snapshot: { accounts: [first, second] },
    offers: sampleOffers,
    settings: {
      forwards: [{ url: 'http://localhost:3000/sms', query: 'device:0042', format: 'original' }],
      mutes: [
        { of: { kind: 'device', id: '5551230014' }, until: null },
        { of: { kind: 'account', account: '0000123456-00002' }, until: iso(-3600) },
      ],
      notificationRules: [{ search: 'ALARM', notify: 'always' }],
    },
    old: { texts: 214, oldest: iso(86_400 * 90), newest: iso(86_400 * 31) },
  },
  demo: { texts: 40, snapshot: one({}, { simulated: true, demo: 'shown' }) },
  'catching-up': {
    texts: 300,
    snapshot: one(
      {
        state: 'catching-up',
        light: 'catching-up',
        sentence: 'Catching up: fetching what waited in the queue.',
        caughtUp: 214,
      },
      {
        light: 'catching-up',
        sentence: 'Catching up: 214 texts fetched so far from 03:12–07:40, when the address could not be reached.',
      },
    ),
  },
  degraded: {
    texts: 60,
    snapshot: one(
      {
        state: 'degraded',
        light: 'degraded',
        sentence: 'The public address does not answer. Texts are fetched from the queue every 60 s.',
      },
      {
        light: 'degraded',
        sentence: 'The public address does not answer. Texts are fetched from the queue every 60 s, none is lost.',
        action: { kind: 'retry', label: 'Try now' },
      },
    ),
  },
  'other-holder': {
    texts: 60,
    snapshot: one(
      {
        state: 'needs-you',
        light: 'needs-you',
        sentence: heldSentence,
        holder: 'ops.example.com',
        problem: held,
        canStartCallbacks: false,
      },
      {
        light: 'needs-you',
        sentence: heldSentence,
        action: { kind: 'take-over', label: 'Take it over…', account: '0000123456-00001' },
        problems: [held],
      },
    ),
  },
  'needs-you': {
    texts: 60,
    snapshot: one(
      { state: 'needs-you', light: 'needs-you', sentence: lockSentence, problem: stopped, canStartCallbacks: false },
      {
        light: 'needs-you',
        sentence: lockSentence,
        action: { kind: 'sign-in', label: 'Enter credentials…' },
        problems: [stopped],
      },
    ),
  },
  paused: {
    texts: 60,
    snapshot: one(
      { state: 'off', light: 'paused', sentence: 'Paused. Texts wait in the queue at ThingSpace.' },
      {
        light: 'paused',
        paused: true,
        sentence: 'Paused. Texts wait in the queue at ThingSpace.',
        action: { kind: 'resume', label: 'Resume' },
      },
    ),
  },
  comfortable: { texts: 300, settings: { density: 'comfortable' }, snapshot: { accounts: [first, second] } },
} satisfies Record<string, FakeOptions>;

export type SceneName = keyof typeof scenes;
export const sceneNames = Object.keys(scenes) as readonly SceneName[];

export function scene(name: SceneName): FakeOptions {
  return { now: sceneTime - 1000, ...scenes[name] };
}
