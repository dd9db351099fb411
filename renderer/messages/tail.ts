/**
 * Whether the newest rows are followed. `away`: the reader scrolled or moved off the top; coming back resumes.
 * `held`: paused by hand; only the hand resumes. In both nothing newer than `ceiling` is shown, so nothing moves.
 */
export type Tail =
  | { readonly kind: 'live' }
  | { readonly kind: 'away'; readonly ceiling: number }
  | { readonly kind: 'held'; readonly ceiling: number };

export const live: Tail = { kind: 'live' };

/** `newestShown`: sequence of the newest row on the screen, 0 when there is none. */
export function tailAfterScroll(tail: Tail, atTop: boolean, newestShown: number): Tail {
  switch (tail.kind) {
    case 'live':
      return atTop ? tail : { kind: 'away', ceiling: newestShown };
    case 'away':
      return atTop ? live : tail;
    case 'held':
      return tail;
  }
}

/** A row was chosen with the keys: the reader is reading. */
export function tailAfterMove(tail: Tail, newestShown: number): Tail {
  return tail.kind === 'live' ? { kind: 'away', ceiling: newestShown } : tail;
}

export function tailAfterToggle(tail: Tail, newestShown: number): Tail {
  return tail.kind === 'live' ? { kind: 'held', ceiling: newestShown } : live;
}

export function isShown(tail: Tail, sequence: number): boolean {
  return tail.kind === 'live' || sequence <= tail.ceiling;
}
