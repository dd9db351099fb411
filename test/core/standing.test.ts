import { describe, expect, it } from 'vitest';
import { serviceFailure } from '../../main/core/failure.ts';
import { problemCodeOf, standing } from '../../main/core/standing.ts';
import { type AccountReal, freshAccount, initialState, type State, type Wish } from '../../main/core/state.ts';
import { problem } from './model-world.ts';

const name = '0000123456-00001';
const at = Date.UTC(2026, 10, 23, 3);
const failure = (kind: Parameters<typeof serviceFailure>[0]) => serviceFailure(kind, `${kind} in words.`);
const trouble = (kind: Parameters<typeof serviceFailure>[0]) => ({ failure: failure(kind), attempt: 1, retryAt: at });

const live: AccountReal = {
  ...freshAccount,
  registration: { kind: 'ours', at, holder: 'sms.example.com', current: true },
  startedAt: at,
  queue: { kind: 'empty', at },
};

interface Given {
  readonly wish?: Partial<Wish>;
  readonly real?: Partial<AccountReal>;
  readonly state?: Partial<State>;
}

function stateOf({ wish, real, state }: Given): State {
  return {
    ...initialState,
    listener: { kind: 'open', port: 9001, outdated: false },
    address: { kind: 'up', origin: 'https://sms.example.com', at, attempt: 0 },
    proof: { kind: 'proved', at },
    signIn: { kind: 'signed-in' },
    wishes: { [name]: { mode: 'auto', takeOver: false, stopped: false, pollIntervalMs: 60_000, ...wish } },
    accounts: { [name]: { ...live, ...real } },
    ...state,
  };
}

const passing = { problem: problem('tunnel-failed'), passing: true, attempt: 1, retryAt: at } as const;
const other = { kind: 'other', at, holder: 'ops.example.com', taken: false } as const;

describe('an account stands', () => {
  const cases: readonly (readonly [what: string, given: Given, word: string, says: string, code: string | null])[] = [
    ['live when texts are pushed and the queue is empty', {}, 'live', 'pushes each text here', null],
    ['off when paused', { state: { paused: true } }, 'off', 'Paused.', null],
    ['off when stopped by hand', { wish: { stopped: true } }, 'off', 'wait in the queue', null],
    ['off while stopping', { state: { stopping: true } }, 'off', 'Stopping.', null],
    ['starting while signing in', { state: { signIn: { kind: 'none' } } }, 'starting', 'Signing in', null],
    [
      'needing a person when signing in is refused',
      { state: { signIn: { kind: 'failed', failure: failure('sign-in-refused'), attempt: 1, retryAt: null } } },
      'needs-you',
      'sign-in-refused in words.',
      'sign-in-refused',
    ],
    [
      'needing a person when a sign-in that ended is refused in the midst of it',
      { real: { trouble: { look: trouble('sign-in-refused') } } },
      'needs-you',
      'sign-in-refused in words.',
      'sign-in-refused',
    ],
    [
      'needing a person when the keychain is locked, though it is tried again',
      { state: { signIn: { kind: 'failed', failure: failure('keychain'), attempt: 1, retryAt: at } } },
      'needs-you',
      'keychain in words.',
      'keychain-locked',
    ],
    [
      'starting, with the reason, when ThingSpace cannot be reached',
      { state: { signIn: { kind: 'failed', failure: failure('network'), attempt: 1, retryAt: at } } },
      'starting',
      'network in words.',
      'network',
    ],
    [
      'needing a person when texts cannot be stored',
      { state: { storage: { kind: 'failed', failure: { kind: 'disk-full', message: 'The disk is full.' }, at } } },
      'needs-you',
      'The disk is full.',
      'storage-failed',
    ],
    [
      'starting before the holder is known',
      { real: { registration: { kind: 'unknown' } } },
      'starting',
      'Reading who',
      null,
    ],
    [
      'needing a yes when another holds the callback',
      { real: { registration: other } },
      'needs-you',
      'holds the callback',
      'callback-held',
    ],
    [
      'needing a yes when another took it',
      { real: { registration: { ...other, taken: true } } },
      'needs-you',
      'took the callback',
      'callback-taken',
    ],
    [
      'starting once the yes was given',
      { wish: { takeOver: true }, real: { registration: other } },
      'starting',
      'Registering',
      null,
    ],
    [
      'degraded without a way in, the queue being fetched',
      { state: { address: { kind: 'failed', ...passing } } },
      'degraded',
      'Until then the queue is fetched.',
      'tunnel-failed',
    ],
    [
      'starting without a way in that may come back, when the queue may not be fetched',
      { wish: { mode: 'callback' }, state: { address: { kind: 'failed', ...passing } } },
      'starting',
      'tunnel-failed in words.',
      'tunnel-failed',
    ],
    [
      'needing a person without a way in that a person must mend',
      { wish: { mode: 'callback' }, state: { address: { kind: 'failed', ...passing, passing: false } } },
      'needs-you',
      'tunnel-failed in words.',
      'tunnel-failed',
    ],
    [
      'needing a public URL when only callbacks are wanted',
      { wish: { mode: 'callback' }, state: { address: { kind: 'not-configured' } } },
      'needs-you',
      'There is no public URL',
      'public-url-refused',
    ],
    [
      'polling without a public URL',
      { real: { lastFetchAt: at }, state: { address: { kind: 'not-configured' } } },
      'polling',
      'every 60 s',
      null,
    ],
    [
      'starting while the URL is not proved',
      { state: { proof: { kind: 'none' } } },
      'starting',
      'Checking the public URL',
      null,
    ],
    [
      'degraded when the proof failed',
      { state: { proof: { kind: 'failed', problem: problem('public-url-unreachable'), at } } },
      'degraded',
      'public-url-unreachable in words. Until then the queue is fetched.',
      'public-url-unreachable',
    ],
    [
      'degraded when the proof failed though a callback came since, and says so',
      {
        real: { lastCallbackAt: at + 1 },
        state: { proof: { kind: 'failed', problem: problem('public-url-unreachable'), at } },
      },
      'degraded',
      'public-url-unreachable in words. Texts still arrive by callback.',
      'public-url-unreachable',
    ],
    [
      'catching up until the queue is proven empty',
      { real: { queue: { kind: 'unproven', since: at } } },
      'catching-up',
      '0 fetched',
      null,
    ],
    [
      'catching up while it is fetched',
      { real: { queue: { kind: 'draining', since: at, fetched: 214 } } },
      'catching-up',
      '214 fetched from the queue.',
      null,
    ],
    [
      'degraded when the queue cannot be fetched',
      { real: { trouble: { drain: trouble('network') } } },
      'degraded',
      'network in words.',
      'network',
    ],
    [
      'needing a person when registering is refused and the queue is not known',
      {
        real: {
          registration: { kind: 'nobody', at },
          queue: { kind: 'unproven', since: null },
          trouble: { register: trouble('refused') },
        },
      },
      'needs-you',
      'refused in words.',
      'service-refused',
    ],
    [
      'polling in peek, and says that nothing is taken',
      { wish: { mode: 'peek' }, real: { peeked: 1 } },
      'polling',
      'nothing is taken out of it. 1 text waits in it.',
      null,
    ],
    [
      'honest about what one look shows',
      { wish: { mode: 'peek' }, real: { peeked: 100 } },
      'polling',
      'At least 100',
      null,
    ],
    ['starting before the first fetch', { wish: { mode: 'poll' } }, 'starting', 'for the first time', null],
    [
      'polling by the queue alone',
      { wish: { mode: 'poll' }, real: { lastFetchAt: at } },
      'polling',
      'every 60 s',
      null,
    ],
  ];
  it.each(cases)('%s', (_what, given, word, says, code) => {
    const stands = standing(stateOf(given), name);
    expect({ ...stands, problem: stands.problem?.code ?? null }).toEqual({
      state: word,
      sentence: expect.stringContaining(says),
      problem: code,
    });
  });

  it('off when it is not known', () => {
    expect(standing(initialState, name).state).toBe('off');
  });
});

describe('the code of a failure', () => {
  it('is one that the contract lists', () => {
    expect(problemCodeOf(failure('no-credentials'))).toBe('credentials-missing');
    expect(problemCodeOf(failure('timeout'))).toBe('network');
    expect(problemCodeOf(failure('unreadable'))).toBe('service-failed');
    expect(problemCodeOf(failure('sign-in-stopped'))).toBe('sign-in-stopped');
  });
});
