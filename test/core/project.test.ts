import { describe, expect, it } from 'vitest';
import { project } from '../../main/core/project.ts';
import { type AccountReal, freshAccount, initialState, type State } from '../../main/core/state.ts';
import { snapshot } from '../../preload/contract/snapshot.ts';

const at = Date.UTC(2026, 10, 23, 3);
const facts = { appVersion: '1.0.0', simulated: false };
const wish = { mode: 'auto', takeOver: false, stopped: false, pollIntervalMs: 60_000 } as const;
const live: AccountReal = {
  ...freshAccount,
  registration: { kind: 'ours', at, holder: 'sms.example.com', current: true },
  startedAt: at,
  queue: { kind: 'empty', at },
};
const held: AccountReal = {
  ...freshAccount,
  registration: { kind: 'other', at, holder: 'ops.example.com', taken: false },
};

const freshLook: AccountReal = { ...freshAccount, registration: { kind: 'nobody', at } };

/** No callback yet, and nothing in the queue. */
const waits: AccountReal = { ...freshLook, queue: { kind: 'empty', at } };
const portInUse = {
  code: 'listener-failed',
  message: 'Port 9001 is in use by another program.',
  account: null,
  service: null,
} as const;

function tunnelFailed(passing: boolean): Pick<State, 'address'> {
  const problem = { code: 'tunnel-failed', message: 'No key.', account: null, service: null } as const;
  return { address: { kind: 'failed', problem, passing, attempt: 1, retryAt: at } };
}

/** An address that does not lead here. */
function unreachable(provedOrigin: string | null): Pick<State, 'proof' | 'provedOrigin'> {
  const problem = { code: 'public-url-unreachable', message: 'No such name.', account: null, service: null } as const;
  return { proof: { kind: 'failed', problem, at }, provedOrigin };
}

function stateOf(accounts: Readonly<Record<string, AccountReal>>, change: Partial<State> = {}): State {
  return {
    ...initialState,
    listener: { kind: 'open', port: 9001, outdated: false },
    address: { kind: 'up', origin: 'https://sms.example.com', at, attempt: 0 },
    proof: { kind: 'proved', at },
    signIn: { kind: 'signed-in' },
    wishes: Object.fromEntries(Object.keys(accounts).map((name) => [name, wish])),
    accounts,
    ...change,
  };
}

const show = (state: State) => project(state, 7, facts);

describe('a snapshot', () => {
  it('is what the contract says, whatever the state', () => {
    for (const state of [initialState, stateOf({ a: live }), stateOf({ a: held, b: freshAccount })])
      expect(snapshot.safeParse(show(state)).success).toBe(true);
  });

  it.each([
    ['no account', stateOf({}), 'off', 'No account yet.', 'add-account'],
    [
      'one that is live',
      stateOf({ a: live }),
      'live',
      'Listening through https://sms.example.com. Nothing is waiting.',
      null,
    ],
    ['two that are live', stateOf({ a: live, b: live }), 'live', 'Listening on 2 accounts through', null],
    ['a live one and a held one', stateOf({ a: live, b: held }), 'needs-you', '1 of 2 accounts is fine.', 'take-over'],
    ['pausing', stateOf({ a: live }, { paused: true }), 'paused', 'Paused.', 'resume'],
    [
      'an account that is stopped',
      stateOf({ a: live }, { wishes: { a: { ...wish, stopped: true } } }),
      'off',
      'Off.',
      'resume-account',
    ],
    [
      'no way in where there must be one',
      stateOf({ a: freshLook }, { wishes: { a: { ...wish, mode: 'callback' } }, address: { kind: 'not-configured' } }),
      'needs-you',
      'There is no public URL',
      'settings',
    ],
    [
      'a tunnel that needs another choice',
      stateOf({ a: waits }, tunnelFailed(false)),
      'degraded',
      'No key.',
      'settings',
    ],
    ['a tunnel that comes back by itself', stateOf({ a: waits }, tunnelFailed(true)), 'degraded', 'No key.', 'retry'],
    [
      'an address that never led here',
      stateOf({ a: live }, unreachable(null)),
      'degraded',
      'No such name.',
      'settings',
    ],
    [
      'an address that led here before',
      stateOf({ a: live }, unreachable('https://sms.example.com')),
      'degraded',
      'No such name.',
      'retry',
    ],
    [
      'a tunnel without which nothing comes',
      stateOf({ a: waits }, { ...tunnelFailed(false), wishes: { a: { ...wish, mode: 'callback' } } }),
      'needs-you',
      'No key.',
      'settings',
    ],
    [
      'a port that another program has',
      stateOf({ a: waits }, { listener: { kind: 'failed', problem: portInUse, attempt: 1, retryAt: at } }),
      'degraded',
      'Port 9001 is in use',
      'settings',
    ],
    ['stopping', stateOf({ a: live }, { stopping: true }), 'off', 'Stopping', null],
  ] as const)('tells of %s', (_what, state, light, says, action) => {
    const shown = show(state);
    expect({ light: shown.light, action: shown.action?.kind ?? null }).toEqual({ light, action });
    expect(shown.sentence).toContain(says);
  });

  it('does not say that nothing waits where the queue is never looked at', () => {
    const state = stateOf({ a: live }, { wishes: { a: { ...wish, mode: 'callback' } } });
    expect(show(state).sentence).toBe('Listening through https://sms.example.com.');
  });

  it('names the account that needs the person, and offers what helps', () => {
    expect(show(stateOf({ a: live, b: held })).action).toMatchObject({ kind: 'take-over', account: 'b' });
  });

  it('tells a problem that accounts share once', () => {
    const state = stateOf(
      { a: live, b: live },
      {
        signIn: {
          kind: 'failed',
          attempt: 1,
          retryAt: null,
          failure: {
            kind: 'sign-in-refused',
            message: 'Refused.',
            mayHaveArrived: true,
            errorCode: null,
            errorMessage: null,
            status: 400,
            retryAfterMs: null,
          },
        },
      },
    );
    expect(show(state).problems).toHaveLength(1);
    expect(show(state).action?.kind).toBe('sign-in');
  });
});
