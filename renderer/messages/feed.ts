import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Message } from '../../preload/contract/message.ts';
import type { Input } from '../../preload/contract/methods.ts';
import type { Result } from '../../preload/contract/result.ts';
import { answered, type FeedState, type Fetch, freshCount, nextFetch, type Page, startFeed } from './feed-state.ts';
import { withChanged } from './row-window.ts';
import { live, type Tail, tailAfterMove, tailAfterScroll, tailAfterToggle } from './tail.ts';

/** The rows of the list, kept fresh by one question at a time; only another search does not wait for the one before. */
export interface Feed {
  readonly state: () => FeedState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Asks for the first rows. */
  readonly begin: () => void;
  readonly search: (query: string) => void;
  /** Which rows are in view. */
  readonly look: (first: number, count: number) => void;
  /** The reader scrolled, and is at the top now or not: what is in view is asked for before it is drawn. */
  readonly scrolled: (atTop: boolean, first: number, count: number) => void;
  /** The reader chose a row. */
  readonly move: () => void;
  readonly toggle: () => void;
  readonly resume: () => void;
  /** The stored rows are at this revision now. */
  readonly changed: (revision: number) => void;
  /** Asks again what failed. */
  readonly retry: () => void;
  /** Shows a row as read before the core says so. */
  readonly markRead: (id: string) => void;
  /** Shows a row with its star, or without, before the core says so. */
  readonly markStarred: (id: string, starred: boolean) => void;
}

export interface FeedDeps {
  /** What is searched at first. */
  readonly query: string;
  readonly bridge: Pick<Bridge, 'call'>;
  /** Resolves when the next picture is made, so that a flood of changes is drawn once a frame. */
  readonly nextPicture: () => Promise<void>;
}

export function createFeed({ query, bridge, nextPicture }: FeedDeps): Feed {
  let state = startFeed(query, 40);
  let asking = false;
  /* Which run of questions is the one that counts. */
  let run = 0;
  let revision = 0;
  const listeners = new Set<() => void>();

  function become(next: FeedState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
    if (!asking) void ask();
  }

  async function ask(): Promise<void> {
    asking = true;
    const mine = (run += 1);
    for (let fetch = nextFetch(state); fetch; fetch = nextFetch(state)) {
      const paced = fetch.kind === 'first' || fetch.kind === 'top' || fetch.kind === 'refresh';
      // Cleared before the question: a change that is told while it is under way is newer than its answer.
      if (paced) state = { ...state, stale: false };
      const after = await answerTo(bridge, state, fetch);
      if (mine !== run) return;
      become(after(state));
      // A search that waits does not wait for a picture too.
      if (paced && state.phase.kind !== 'loading') await nextPicture();
      if (mine !== run) return;
    }
    asking = false;
  }

  function withTail(tail: Tail): void {
    if (tail === state.tail) return;
    become({ ...state, tail, stale: state.stale || tail.kind === 'live' });
  }

  /** Whether the view is another one now. */
  function lookAt(first: number, count: number): boolean {
    // A list without rows has as much room as before: the next search is asked for as many.
    if (count === 0 || (first === state.look.first && count === state.look.count)) return false;
    // Nobody is told: nothing that is drawn depends on it.
    state = { ...state, look: { first, count } };
    return true;
  }

  function retry(): void {
    become({ ...state, stale: true, phase: state.phase.kind === 'failed' ? { kind: 'ready' } : state.phase });
  }

  function mark(id: string, change: Partial<Message>): void {
    become({ ...state, window: withChanged(state.window, id, (row) => ({ ...row, ...change })) });
  }

  const newestShown = (): number => state.window.rows[0]?.sequence ?? 0;

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    begin: () => {
      if (!asking) void ask();
    },
    search: (query) => {
      // The old rows stand until the answer is there: nothing flickers while one types.
      const { window, rowsOf, total } = state;
      if (query === state.query) return;
      asking = true;
      become({ ...startFeed(query, state.look.count), window, rowsOf, total });
      void ask();
    },
    look: (first, count) => {
      if (lookAt(first, count) && !asking) void ask();
    },
    scrolled: (atTop, first, count) => {
      const looks = lookAt(first, count);
      withTail(tailAfterScroll(state.tail, atTop, newestShown()));
      if (looks && !asking) void ask();
    },
    move: () => withTail(tailAfterMove(state.tail, newestShown())),
    toggle: () => withTail(tailAfterToggle(state.tail, newestShown())),
    resume: () => withTail(live),
    changed: (next) => {
      if (next !== revision) retry();
      revision = next;
    },
    retry,
    markRead: (id) => mark(id, { unread: false }),
    markStarred: (id, starred) => mark(id, { starred: starred || undefined }),
  };
}

/** Asks, and returns what the answer makes of the state that it meets. */
async function answerTo(
  bridge: Pick<Bridge, 'call'>,
  state: FeedState,
  fetch: Fetch,
): Promise<(state: FeedState) => FeedState> {
  const asked = { query: state.query, limit: fetch.limit };
  const page: Result<Page, PublicError> =
    fetch.kind === 'first'
      ? await bridge.call('inbox.first', asked)
      : await bridge.call('inbox.page', { ...asked, ...placeOf(state, fetch) });
  return page.ok ? (current) => answered(current, fetch, page.value) : (current) => failed(current, page.error);
}

/** Where the page that is asked for begins, among the rows that match now. */
function placeOf(state: FeedState, fetch: Fetch): Pick<Input<'inbox.page'>, 'before' | 'offset'> {
  if ('before' in fetch) return { before: fetch.before };
  if ('offset' in fetch && fetch.offset > 0) return { offset: fetch.offset + freshCount(state) };
  return { before: state.tail.kind === 'live' ? null : state.tail.ceiling + 1 };
}

function failed(state: FeedState, error: PublicError): FeedState {
  return { ...state, phase: { kind: 'failed', error } };
}
