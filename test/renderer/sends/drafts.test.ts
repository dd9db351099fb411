import { expect, test } from 'vitest';
import { emptyBench } from '../../../renderer/sends/bench-draft.ts';
import { emptyDraft } from '../../../renderer/sends/draft.ts';
import { createDrafts, draftKey } from '../../../renderer/sends/drafts.ts';

const pump = draftKey('A', { kind: 'mdn', id: '1' });
const gate = draftKey('A', { kind: 'mdn', id: '2' });

function written() {
  const drafts = createDrafts();
  const write = (key: string, part: Partial<typeof emptyDraft>): void =>
    drafts.change(key, (now) => ({ ...now, draft: { ...now.draft, ...part } }));
  return { drafts, write };
}

test('a text that is being written stays with its device while nobody looks', () => {
  const { drafts, write } = written();
  const leave = drafts.subscribe(pump, () => undefined);
  write(pump, { text: 'REBOOT', expect: 'any' });
  leave();
  expect(drafts.of(gate).draft).toEqual(emptyDraft);
  expect(drafts.of(pump).draft).toMatchObject({ text: 'REBOOT', expect: 'any' });
});

test('how a text was to be sent ends with it once nobody looks; a script stays', () => {
  const { drafts, write } = written();
  const leave = drafts.subscribe(pump, () => undefined);
  const bench = emptyBench('Bench');
  drafts.change(pump, (now) => ({ ...now, bench }));
  write(pump, { expect: 'any' });
  expect(drafts.of(pump).draft.expect).toBe('any');
  leave();
  expect(drafts.of(pump)).toEqual({ draft: emptyDraft, bench });
});

test('whoever looks is told, until it ends', () => {
  const { drafts, write } = written();
  let told = 0;
  const end = [0, 1].map(() => drafts.subscribe(pump, () => void (told += 1)));
  write(pump, { text: 'a' });
  end[0]?.();
  write(pump, { text: 'b' });
  write(gate, { text: 'c' });
  expect(told).toBe(3);
});
