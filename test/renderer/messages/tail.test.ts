import { describe, expect, test } from 'vitest';
import { isShown, live, tailAfterMove, tailAfterScroll, tailAfterToggle } from '../../../renderer/messages/tail.ts';

const away = { kind: 'away', ceiling: 70 } as const;
const held = { kind: 'held', ceiling: 70 } as const;

describe('the tail', () => {
  test('pauses at the newest row shown when the reader scrolls away from the top', () => {
    expect(tailAfterScroll(live, false, 70)).toEqual(away);
    expect(tailAfterScroll(live, true, 70)).toBe(live);
  });

  test('keeps its ceiling while the reader scrolls on', () => {
    expect(tailAfterScroll(away, false, 99)).toBe(away);
  });

  test('resumes when the reader scrolls back to the top', () => {
    expect(tailAfterScroll(away, true, 99)).toBe(live);
  });

  test('that was paused by hand is resumed by hand alone', () => {
    expect(tailAfterScroll(held, true, 99)).toBe(held);
    expect(tailAfterToggle(held, 99)).toBe(live);
    expect(tailAfterToggle(live, 70)).toEqual(held);
    expect(tailAfterToggle(away, 99)).toBe(live);
  });

  test('pauses when a row is chosen with the keys', () => {
    expect(tailAfterMove(live, 70)).toEqual(away);
    expect(tailAfterMove(held, 99)).toBe(held);
  });

  test('hides what is newer than its ceiling while it is paused', () => {
    expect(isShown(away, 70)).toBe(true);
    expect(isShown(away, 71)).toBe(false);
    expect(isShown(live, 1_000_000)).toBe(true);
  });
});
