import type { Problem } from '../../preload/contract/snapshot.ts';
import type { Event } from '../core/event.ts';
import { lookedAt, notGivenBack, standing } from '../core/standing.ts';
import type { State } from '../core/state.ts';
import type { Store } from '../core/store.ts';
import type { Happening } from './core.ts';

/** Tells what happened, from the same events that change the state; each change of standing once. Returns what ends it. */
export function narrate(state: Store, tell: (happening: Happening) => void): () => void {
  const said = new Map<string, string>();
  return state.subscribe((event, before, after) => {
    for (const happening of fromEvent(event, before, after)) tell(happening);
    if (event.type === 'message-stored') return;
    if (before.told !== after.told)
      for (const problem of after.told) if (!before.told.includes(problem)) tell({ type: 'problem', problem });
    for (const name of Object.keys({ ...before.wishes, ...after.wishes })) sayStanding(said, after, name, tell);
  });
}

function fromEvent(event: Event, before: State, after: State): readonly Happening[] {
  switch (event.type) {
    case 'message-stored':
      return event.isNew ? [{ type: 'message', message: event.message }] : [];
    case 'address-up':
      return after.listener.kind === 'open'
        ? [{ type: 'listening', publicOrigin: event.origin, port: after.listener.port }]
        : [];
    case 'noted':
      return [{ type: 'note', account: null, text: event.text }];
    case 'queue-emptied': {
      const gap = after.accounts[event.account]?.lastGap ?? null;
      return gap && gap !== before.accounts[event.account]?.lastGap ? [{ type: 'gap', gap }] : [];
    }
    case 'queue-looked-at': {
      const { account, waiting } = event;
      const isNews = waiting !== before.accounts[account]?.peeked;
      return isNews ? [{ type: 'note', account, text: lookedAt(waiting) }] : [];
    }
    case 'step-failed':
      return event.step === 'release' &&
        before.accounts[event.account]?.trouble.release?.failure.message !== event.failure.message
        ? [{ type: 'problem', problem: notGivenBack(event.account, event.failure) }]
        : [];
    default:
      return [];
  }
}

function sayStanding(
  said: Map<string, string>,
  after: State,
  name: string,
  tell: (happening: Happening) => void,
): void {
  const { state, problem, sentence } = standing(after, name);
  const reason = state === 'live' || state === 'catching-up' ? null : (problem?.message ?? sentence);
  const key = `${state} ${problem?.code ?? ''} ${state === 'needs-you' ? (reason ?? '') : ''}`;
  if (said.get(name) === key) return;
  said.set(name, key);
  tell({ type: 'account', account: name, state, reason });
  if (problem && isNews(said, name, problem)) tell({ type: 'problem', problem });
}

function isNews(said: Map<string, string>, name: string, problem: Problem): boolean {
  const key = `problem of ${name}`;
  if (said.get(key) === problem.message) return false;
  said.set(key, problem.message);
  return true;
}
