import type { PublicError } from '../../preload/contract/errors.ts';
import type { Message } from '../../preload/contract/message.ts';
import { noRows, type RowWindow, windowEnd, withNewer, withOlder } from './row-window.ts';
import { isShown, live, type Tail } from './tail.ts';

/** What the list knows: the rail's length, the rows held, where the reader looks and whether anything changed since. */
export interface FeedState {
  readonly query: string;
  /** The search that the rows held answer: the last one until this one is answered. */
  readonly rowsOf: string;
  readonly tail: Tail;
  readonly window: RowWindow;
  /** Rows on the rail: while the tail is paused, those that were there when it was. */
  readonly total: number;
  /** Rows that match now. */
  readonly latestTotal: number;
  /** The rows in view. */
  readonly look: { readonly first: number; readonly count: number };
  /** A row changed or came since the last answer. */
  readonly stale: boolean;
  readonly phase: { readonly kind: 'loading' | 'ready' } | { readonly kind: 'failed'; readonly error: PublicError };
}

/** One question for the core. `first` brings the rows of a search before they are counted, `top` counts them. `older` and `refresh` follow a sequence; `newer` and `jump` find one by its offset first. */
export type Fetch =
  | { readonly kind: 'first' | 'top'; readonly limit: number }
  | { readonly kind: 'older'; readonly before: number; readonly limit: number }
  | { readonly kind: 'refresh'; readonly before: number; readonly offset: number; readonly limit: number }
  | { readonly kind: 'newer' | 'jump'; readonly offset: number; readonly limit: number };

export interface Page {
  readonly messages: readonly Message[];
  /** null: not counted yet. */
  readonly total: number | null;
}

/** Rows of one page while reading on: few enough to be taken in between two pictures. */
const pageRows = 100;
/** Rows around the view that are held before they are seen. */
const margin = 40;

export function startFeed(query: string, count: number): FeedState {
  return {
    query,
    rowsOf: '',
    tail: live,
    window: noRows,
    total: 0,
    latestTotal: 0,
    look: { first: 0, count },
    stale: true,
    phase: { kind: 'loading' },
  };
}

/** For a part of the window that shows all that is known. */
export function wholeState(state: FeedState): FeedState {
  return state;
}

export function isFollowing({ tail }: FeedState): boolean {
  return tail.kind === 'live';
}

/** Rows that came while the tail was paused. */
export function freshCount(state: FeedState): number {
  return state.tail.kind === 'live' ? 0 : Math.max(0, state.latestTotal - state.total);
}

/** What to ask next, the most urgent first; null when all that is in view is held and fresh. */
export function nextFetch(state: FeedState): Fetch | null {
  if (state.phase.kind === 'failed') return null;
  const isLoading = state.phase.kind === 'loading';
  if (isLoading || (state.tail.kind === 'live' && state.stale)) {
    const kind = isLoading && state.rowsOf !== state.query ? 'first' : 'top';
    return { kind, limit: Math.min(1000, Math.max(60, state.look.count + margin)) };
  }
  return missing(state) ?? refresh(state);
}

function missing(state: FeedState): Fetch | null {
  const { window, look } = state;
  const from = Math.max(0, look.first - margin);
  const to = Math.min(state.total, look.first + look.count + margin);
  if (to <= from || (from >= window.offset && to <= windowEnd(window))) return null;
  const last = window.rows.at(-1);
  const reach = pageRows - margin;
  if (!last || from > windowEnd(window) + reach || to < window.offset - reach)
    return { kind: 'jump', offset: from, limit: to - from };
  if (to > windowEnd(window)) return { kind: 'older', before: last.sequence, limit: pageRows };
  const offset = Math.max(0, window.offset - pageRows);
  // A few rows more than the gap, so that the page still reaches the rows held when texts arrive meanwhile.
  return { kind: 'newer', offset, limit: window.offset - offset + margin };
}

function refresh(state: FeedState): Fetch | null {
  if (!state.stale) return null;
  const { window, look } = state;
  const offset = Math.max(window.offset, look.first - margin);
  const first = window.rows[offset - window.offset];
  const limit = first ? Math.min(1000, look.first + look.count + margin - offset) : 1;
  return { kind: 'refresh', before: first ? first.sequence + 1 : 0, offset, limit: Math.max(1, limit) };
}

/** The state once `page` answered `fetch`. */
export function answered(state: FeedState, fetch: Fetch, page: Page): FeedState {
  const rows = page.messages.filter((row) => isShown(state.tail, row.sequence));
  if (page.total === null) return uncounted(state, rows);
  const total = state.tail.kind === 'live' ? page.total : state.total;
  const base: FeedState = { ...state, rowsOf: state.query, total, latestTotal: page.total, phase: { kind: 'ready' } };
  switch (fetch.kind) {
    case 'first':
    case 'top':
      return { ...base, window: { offset: 0, rows } };
    case 'refresh':
      return { ...base, window: { offset: fetch.offset, rows } };
    case 'older':
      return ended({ ...base, window: withOlder(state.window, rows) }, page.messages.length < fetch.limit);
    case 'newer': {
      const window = withNewer(state.window, rows, fetch.offset === 0);
      return window ? { ...base, window } : alone(base, fetch.offset, rows);
    }
    case 'jump':
      return ended(alone(base, fetch.offset, rows), page.messages.length < fetch.limit);
  }
}

/** Until the rows are counted the rail stays as long as it was. */
function uncounted(state: FeedState, rows: readonly Message[]): FeedState {
  const window: RowWindow = { offset: 0, rows };
  return { ...state, rowsOf: state.query, window, total: Math.max(state.total, rows.length) };
}

/** No row stands at `offset`: the rail is shorter than was thought. */
function nothingAt(state: FeedState, offset: number): FeedState {
  return { ...state, total: Math.min(state.total, offset), stale: true };
}

function alone(state: FeedState, offset: number, rows: readonly Message[]): FeedState {
  return rows.length === 0 ? nothingAt(state, offset) : { ...state, window: { offset, rows } };
}

function ended(state: FeedState, reached: boolean): FeedState {
  return reached && state.window.rows.length > 0 ? { ...state, total: windowEnd(state.window) } : state;
}
