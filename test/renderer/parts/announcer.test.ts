import { expect, test } from 'vitest';
import { createAnnouncer } from '../../../renderer/parts/announcer.ts';

function hear() {
  const said: string[] = [];
  let waiting: (() => void) | null = null;
  const announcer = createAnnouncer(
    {
      speak: (sentence) => said.push(sentence),
      fresh: (count) => `${count} new.`,
      later: (run) => {
        waiting = run;
        return () => {
          waiting = null;
        };
      },
      pause: 3000,
    },
    'Listening.',
    10,
  );
  const pass = (): void => {
    const run = waiting;
    waiting = null;
    run?.();
  };
  return { said, announcer, pass };
}

test('the first new text is said at once, the rest together after the pause', () => {
  const { said, announcer, pass } = hear();
  announcer.total(11);
  for (let total = 12; total <= 211; total += 1) announcer.total(total);
  expect(said).toEqual(['1 new.']);
  pass();
  expect(said).toEqual(['1 new.', '200 new.']);
  pass();
  expect(said).toHaveLength(2);
});

test('what is known already is not said', () => {
  const { said, announcer } = hear();
  announcer.state('Listening.');
  announcer.total(10);
  expect(said).toEqual([]);
});

test('a change of state during the pause is not lost', () => {
  const { said, announcer, pass } = hear();
  announcer.total(11);
  announcer.state('The public address does not answer.');
  announcer.total(12);
  pass();
  expect(said).toEqual(['1 new.', 'The public address does not answer. 1 new.']);
});

test('a stopped announcer says nothing more', () => {
  const { said, announcer, pass } = hear();
  announcer.total(11);
  announcer.total(12);
  announcer.stop();
  pass();
  expect(said).toEqual(['1 new.']);
});
