import { describe, expect, test } from 'vitest';
import type { NoticeChoices } from '../../main/core/notice-choices.ts';
import {
  decideNotices,
  initialNoticeState,
  type Notice,
  type NoticeEvent,
  type NoticeStep,
  noticeView,
  noticeWords,
} from '../../main/core/notices.ts';
import { createLanguages } from '../../main/core/words/language.ts';
import type { Message } from '../../preload/contract/message.ts';
import { defaultSettings } from '../../preload/contract/settings.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { sampleAccount, sampleMessage, sampleSnapshot } from '../fakes/samples.ts';

const english = createLanguages()('en', []);

/** Sends events at their times, and `wake` whenever it was asked for, until nothing waits. */
function play(
  events: readonly (readonly [at: number, event: NoticeEvent])[],
  choices: (at: number) => NoticeChoices = () => defaultSettings,
): readonly (readonly [number, NoticeStep])[] {
  let state = initialNoticeState;
  let wakeAt: number | null = null;
  const steps: (readonly [number, NoticeStep])[] = [];
  const feed = (at: number, event: NoticeEvent) => {
    const decided = decideNotices(state, event, at, choices(at));
    ({ state, wakeAt } = decided);
    steps.push(...decided.steps.map((step) => [at, step] as const));
  };
  const wakeUntil = (until: number): void => {
    if (wakeAt === null || wakeAt > until) return;
    feed(wakeAt, { type: 'wake' });
    wakeUntil(until);
  };
  for (const [at, event] of events) {
    wakeUntil(at);
    feed(at, event);
  }
  wakeUntil(Number.MAX_SAFE_INTEGER);
  return steps;
}

function text(sequence: number, change: Partial<Message> = {}): NoticeEvent {
  return { type: 'text', message: sampleMessage(sequence, change) };
}

function snapshot(change: Partial<Snapshot>): NoticeEvent {
  return { type: 'snapshot', snapshot: sampleSnapshot(change) };
}

function inbox(unread: number, newest: number): NoticeEvent {
  return snapshot({ inbox: { total: newest, unread, newest, revision: newest, unverified: 0 } });
}

function told(steps: ReturnType<typeof play>) {
  return steps.map(([at, step]) => [
    at,
    step.kind,
    step.kind === 'close' ? step.key : step.kind === 'look' ? step.id : noticeWords(step.notice, 'all', english)?.title,
  ]);
}

describe('texts', () => {
  test('are told by the nickname of their device, whichever identifier they carry', () => {
    const device = { id: 1, nickname: 'Pump 3', serviceName: null, deviceIds: [{ kind: 'mdn', id: '7022895555' }] };
    expect(told(play([[5, text(1, { device, deviceIds: [{ kind: 'iccid', id: '8914800' }] })]]))).toEqual([
      [5, 'show', 'Pump 3'],
    ]);
  });

  test('the first is told at once, with its words', () => {
    const [step] = play([[5, text(1)]]);
    expect(step).toMatchObject([5, { kind: 'show', notice: { kind: 'text', message: { id: 'm1' } } }]);
  });

  test('those that follow are told by one notification that counts up to the exact number', () => {
    expect(
      told(
        play([
          [0, text(1)],
          [100, text(2)],
          [200, text(3)],
          [4_000, text(4)],
        ]),
      ),
    ).toEqual([
      [0, 'show', '5551230001'],
      [3_000, 'update', '3 new texts'],
      [18_000, 'update', '4 new texts'],
    ]);
  });

  test('10,000 in 10 s make at most three notifications, the last with the exact count', () => {
    const flood = Array.from({ length: 10_000 }, (_, index) => [index, text(index + 1)] as const);
    const steps = told(play(flood));
    expect(steps.length).toBeLessThanOrEqual(3);
    expect(steps.at(-1)?.[2]).toBe('10,000 new texts');
  });

  test('a steady trickle is told ever more rarely, and no text is left uncounted', () => {
    const hour = Array.from({ length: 1_200 }, (_, index) => [index * 3_000, text(index + 1)] as const);
    const steps = told(play(hour));
    expect(steps.length).toBeLessThan(70);
    expect(steps.at(-1)?.[2]).toBe('1,200 new texts');
  });

  test('a clock that is set back by an hour holds back none of them', () => {
    const hour = 3_600_000;
    const steps = told(
      play([
        [hour, text(1)],
        [hour + 100, text(2)],
        [200, text(3)],
      ]),
    );
    expect(steps).toEqual([
      [hour, 'show', '5551230001'],
      [3_200, 'update', '3 new texts'],
    ]);
  });

  test('a text after a quiet minute is news again', () => {
    expect(
      told(
        play([
          [0, text(1)],
          [70_000, text(2)],
        ]),
      ).map(([, kind]) => kind),
    ).toEqual(['show', 'show']);
  });

  test('none while the window is in front; what was shown goes when the person looks', () => {
    const steps = play([
      [0, text(1)],
      [10, { type: 'window', inFront: true }],
      [20, text(2)],
      [30, { type: 'window', inFront: false }],
    ]);
    expect(told(steps)).toEqual([
      [0, 'show', '5551230001'],
      [10, 'close', 'texts'],
    ]);
  });

  test('none while muted, and again afterwards', () => {
    const until = (at: number): NoticeChoices => ({
      ...defaultSettings,
      mutes: [{ of: { kind: 'everything' }, until: new Date(at).toISOString() }],
    });
    const steps = play(
      [
        [500, text(1)],
        [1_500, text(2)],
      ],
      () => until(1_000),
    );
    expect(told(steps)).toEqual([[1_500, 'show', '5551230001']]);
    const closed = play(
      [
        [0, text(1)],
        [10, { type: 'choices' }],
        [20, text(2)],
      ],
      (at) => (at < 10 ? defaultSettings : until(9_000)),
    );
    expect(told(closed)).toEqual([
      [0, 'show', '5551230001'],
      [10, 'close', 'texts'],
    ]);
  });

  test('none of a muted account or device; those of others are counted without them', () => {
    const mutes = [
      { of: { kind: 'account', account: 'B' }, until: null },
      { of: { kind: 'device', id: '5559' }, until: null },
    ] as const;
    const steps = play(
      [
        [0, text(1, { account: 'B' })],
        [1, text(2, { deviceIds: [{ id: '5559', kind: 'mdn' }] })],
        [2, text(3)],
        [3, text(4, { account: 'B' })],
        [4, text(5)],
      ],
      () => ({ ...defaultSettings, mutes }),
    );
    expect(told(steps)).toEqual([
      [2, 'show', '5551230001'],
      [3_002, 'update', '2 new texts'],
    ]);
  });

  test('go when the one that was told is read while others stay unread', () => {
    const steps = play([
      [0, inbox(3, 3)],
      [1, text(4)],
      [2, inbox(4, 4)],
      [3, inbox(3, 4)],
      [4, { type: 'looked', id: 'm4', unread: true }],
      [5, inbox(2, 4)],
      [6, { type: 'looked', id: 'm4', unread: false }],
    ]);
    expect(told(steps)).toEqual([
      [1, 'show', '5551230001'],
      [3, 'look', 'm4'],
      [5, 'look', 'm4'],
      [6, 'close', 'texts'],
    ]);
  });

  test('go when all is read, but not for a snapshot that is older than they are', () => {
    const steps = play([
      [0, inbox(0, 0)],
      [1, text(1)],
      [2, inbox(0, 0)],
      [3, inbox(1, 1)],
      [4, inbox(0, 1)],
    ]);
    expect(told(steps)).toEqual([
      [1, 'show', '5551230001'],
      [4, 'close', 'texts'],
    ]);
  });
});

describe('an account that needs the person', () => {
  const problem = { code: 'callback-held', message: 'Held.', account: 'A', service: null } as const;
  const held = sampleAccount({
    name: 'A',
    state: 'needs-you',
    light: 'needs-you',
    sentence: 'Held by b.example.',
    problem,
  });
  const needs = (...accounts: Snapshot['accounts'][number][]) => snapshot({ accounts });

  test('is told once, and not again when it comes and goes', () => {
    const starting = sampleAccount({ name: 'A', state: 'starting' });
    const steps = play([
      [0, needs(held)],
      [1, needs(held)],
      [2, needs(starting)],
      [3, needs(held)],
    ]);
    expect(told(steps)).toEqual([[0, 'show', 'A needs you']]);
  });

  test('is told again when it worked in between', () => {
    const live = sampleAccount({ name: 'A' });
    const steps = play([
      [0, needs(held)],
      [1, needs(live)],
      [2, needs(held)],
    ]);
    expect(told(steps).map(([, kind]) => kind)).toEqual(['show', 'close', 'show']);
  });

  test('another thing to do is told for itself', () => {
    const taken = { ...held, problem: { ...problem, code: 'callback-taken' as const } };
    expect(
      told(
        play([
          [0, needs(held)],
          [1, needs(taken)],
        ]),
      ).filter(([, kind]) => kind === 'show'),
    ).toHaveLength(2);
  });

  test('one thing that stops all accounts is told once', () => {
    const refused = { code: 'sign-in-refused', message: 'Refused.', account: null, service: null } as const;
    const accounts = ['A', 'B', 'C'].map((name) => sampleAccount({ name, state: 'needs-you', problem: refused }));
    expect(told(play([[0, needs(...accounts)]]))).toEqual([[0, 'show', 'ThingSpace SMS Tray needs you']]);
  });

  test('is not told while the window shows it, and is told after a mute', () => {
    expect(
      told(
        play([
          [0, { type: 'window', inFront: true }],
          [1, needs(held)],
        ]),
      ),
    ).toEqual([]);
    expect(
      told(
        play(
          [
            [1, needs(held)],
            [11, needs(held)],
          ],
          (at) =>
            at < 10
              ? { ...defaultSettings, mutes: [{ of: { kind: 'account', account: 'A' }, until: null }] }
              : defaultSettings,
        ),
      ),
    ).toHaveLength(1);
  });
});

describe('the words', () => {
  const one: Notice = { kind: 'text', key: 'texts', message: sampleMessage(1, { text: 'door\u202E open\n' }) };
  const many: Notice = {
    kind: 'texts',
    key: 'texts',
    count: 12,
    latest: sampleMessage(12),
    senders: ['1', '2', '3'],
    moreSenders: false,
  };

  test('tell all, the sender only, nothing, or are not there', () => {
    expect(noticeWords(one, 'all', english)).toEqual({ title: '5551230001', body: 'door open' });
    expect(noticeWords(one, 'sender', english)).toEqual({ title: 'New text from 5551230001', body: '' });
    expect(noticeWords(one, 'nothing', english)).toEqual({ title: 'New text', body: '' });
    expect(noticeWords(one, 'off', english)).toBeNull();
    expect(noticeWords(many, 'all', english)).toEqual({ title: '12 new texts', body: '5551230001: text 12' });
    expect(noticeWords(many, 'sender', english)).toEqual({ title: '12 new texts', body: 'From 1, 2 and 3' });
    expect(noticeWords({ ...many, moreSenders: true }, 'sender', english)?.body).toBe('From 1, 2, 3 and others');
    expect(noticeWords({ ...many, senders: ['1'] }, 'sender', english)?.body).toBe('From 1');
    expect(noticeWords(many, 'nothing', english)).toEqual({ title: '12 new texts', body: '' });
  });

  test('name a device that has no identifier, and a text without words', () => {
    const bare: Notice = { kind: 'text', key: 'texts', message: sampleMessage(1, { deviceIds: [], text: '\u0000' }) };
    expect(noticeWords(bare, 'all', english)).toEqual({ title: 'an unknown device', body: '(an empty text)' });
  });

  test('name no account when nothing is to be told', () => {
    const needs: Notice = { kind: 'needs-you', key: 'k', account: 'A', sentence: 'Held by b.example.' };
    expect(noticeWords(needs, 'all', english)).toEqual({ title: 'A needs you', body: 'Held by b.example.' });
    expect(noticeWords(needs, 'nothing', english)).toEqual({ title: 'ThingSpace SMS Tray needs you', body: '' });
  });

  test('a click opens the text that was told, or the list', () => {
    expect(noticeView(one)).toEqual({ kind: 'message', id: 'm1' });
    expect(noticeView(many)).toEqual({ kind: 'messages' });
  });
});
