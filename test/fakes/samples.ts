import type { Message } from '../../preload/contract/message.ts';
import type { AccountView, Snapshot } from '../../preload/contract/snapshot.ts';

export function sampleAccount(change: Partial<AccountView> = {}): AccountView {
  return {
    name: '0000123456-00001',
    mode: 'auto',
    state: 'live',
    light: 'live',
    sentence: 'Listening.',
    problem: null,
    holder: null,
    caughtUp: null,
    lastTextAt: null,
    texts: 0,
    unread: 0,
    canStartCallbacks: true,
    lastGap: null,
    ...change,
  };
}

export function sampleSnapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    number: 1,
    appVersion: '0.1.0',
    light: 'live',
    sentence: 'Listening, nothing is missing.',
    action: null,
    paused: false,
    simulated: false,
    demo: 'absent',
    publicOrigin: null,
    provedAt: null,
    wayIn: { state: 'closed', sentence: 'Closed.', port: null },
    accounts: [sampleAccount()],
    problems: [],
    inbox: { total: 0, unread: 0, newest: 0, revision: 0, unverified: 0 },
    sends: 0,
    ...change,
  };
}

export function sampleMessage(sequence: number, change: Partial<Message> = {}): Message {
  return {
    id: `m${sequence}`,
    sequence,
    account: '0000123456-00001',
    deviceIds: [{ id: '5551230001', kind: 'mdn' }],
    text: `text ${sequence}`,
    receivedAt: '2026-01-01T00:00:00.000Z',
    platformTime: null,
    lanes: ['callback'],
    unread: true,
    ...change,
  };
}
