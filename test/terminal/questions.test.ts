import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createTerminal } from '../../main/terminal/real-terminal.ts';

function createScreen(isTTY: boolean) {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const raw: boolean[] = [];
  for (const stream of Object.values(streams)) Object.assign(stream, { isTTY });
  Object.assign(streams.stdin, { setRawMode: (on: boolean) => raw.push(on) });
  const terminal = createTerminal(streams as never, false);
  return { terminal, raw, typed: streams.stdin, said: () => String(streams.stderr.read() ?? '') };
}

describe('a question', () => {
  test.each([
    ['that is shown', true, false],
    ['that is not shown', true, true],
    ['of a script', false, false],
  ])('%s ends unanswered when stopping is asked for', async (_, isTTY, secret) => {
    const { terminal, raw, said } = createScreen(isTTY);
    const answer = terminal.ask('Sure? ', secret);
    terminal.askToStop();
    expect(await answer).toBe(null);
    expect(said()).toBe(isTTY ? 'Sure? \n' : '');
    expect(raw).toEqual(secret ? [true, false] : []);
    terminal.close();
  });

  test('is answered by the line that is typed, shown or not', async () => {
    const { terminal, typed, said } = createScreen(true);
    const hidden = terminal.ask('Password: ', true);
    typed.write('sexret\u007f\u007f\u007f\u007fcret\r');
    expect(await hidden).toBe('secret');
    const shown = terminal.ask('Sure? ', false);
    typed.write('yes\n');
    expect(await shown).toBe('yes');
    expect(said()).toBe('Password: \nSure? ');
    terminal.close();
  });
});
