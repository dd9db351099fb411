import { expect, test } from 'vitest';
import type { CommandContext } from '../../main/terminal/command.ts';
import { wait } from '../../main/terminal/wait.ts';

test('opens a store that nobody owns once for each change of it, however long it waits', async () => {
  const marks = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'c'];
  const looks: string[] = [];
  const said: string[] = [];
  let now = 0;
  const call = async (_name: string, { limit }: { limit: number }) => {
    // The first question is what is there already.
    if (limit > 1) looks.push(marks[0] ?? '');
    return { ok: true, value: { messages: [], total: 0 } };
  };
  const context = {
    now: () => now,
    pause: async (ms: number) => {
      now += ms;
      if (marks.length > 1) marks.shift();
    },
    storeMark: async () => marks[0],
    attach: async () => {
      const close = async () => undefined;
      return { ok: true, value: { bridge: { call }, ownerPid: null, close } };
    },
    terminal: { stopAsked: new Promise(() => undefined), say: (line: string) => void said.push(line) },
    options: { text: (name: string) => (name === 'timeout' ? '60' : null), has: () => false },
  };
  expect(await wait(context as unknown as CommandContext)).toBe(124);
  expect(looks).toEqual(['a', 'b', 'c']);
  expect(now).toBe(60_000);
  expect(said).toEqual([expect.stringMatching(/^Nobody listens/), 'Time ran out: 0 of 1 came.']);
});
