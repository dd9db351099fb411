import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Happening } from '../../main/services/core.ts';
import type { CommandContext } from '../../main/terminal/command.ts';
import { tellFailure } from '../../main/terminal/io.ts';
import { happeningJson } from '../../main/terminal/json-lines.ts';
import { createPeopleView } from '../../main/terminal/live-view.ts';
import { messages } from '../../main/terminal/messages.ts';
import { callbacks } from '../../main/terminal/oneshot.ts';
import { paint } from '../../main/terminal/paint.ts';
import { createTerminal } from '../../main/terminal/real-terminal.ts';
import { status } from '../../main/terminal/status.ts';

/** What takes over a terminal or turns text around: title, clipboard, colour, cursor, 8-bit CSI and OSC, bidi. */
const attacks = [
  '\u001b]0;owned\u0007',
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u001b[8m',
  '\u001b[2J\u001b[H',
  '\u009b31m',
  '\u009d0;x\u009c',
  '\u202etxt.exe',
  '\u2066',
  '\r',
  '\b\b\b',
  '\u007f',
  '\u061c',
];
const evil = attacks.join('word');
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const steers = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** A terminal whose output is read as the screen would get it, our own colours taken out. */
function createScreen() {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  for (const stream of Object.values(streams)) Object.assign(stream, { isTTY: true, columns: 5_000 });
  const terminal = createTerminal(streams as never, true);
  const shown = (): string => {
    const all = `${streams.stdout.read() ?? ''}${streams.stderr.read() ?? ''}`;
    // oxlint-disable-next-line no-control-regex -- our own
    return all.replaceAll(/\u001b\[(?:0|1|2|31|32|33)m/g, '').replaceAll(/\r\u001b\[2K/g, '');
  };
  return { terminal, shown, streams };
}

const service = { errorCode: evil, errorMessage: evil, status: 400 };
const device = [{ id: evil, kind: evil }];
const message = {
  id: 'x',
  sequence: 1,
  account: evil,
  deviceIds: device,
  text: evil,
  receivedAt: '2026-11-23T15:08:01.123Z',
  platformTime: null,
  lanes: ['callback'],
  unread: true,
};
const happenings = [
  { type: 'listening', publicOrigin: evil, port: 1 },
  { type: 'account', account: evil, state: 'needs-you', reason: evil },
  { type: 'problem', problem: { code: 'service-refused', message: evil, account: null, service: null } },
  { type: 'problem', problem: { code: 'service-refused', message: evil, account: evil, service } },
  {
    type: 'gap',
    gap: { account: evil, from: null, to: '2026-11-23T15:08:01.123Z', fetched: 1, pending: 0, chosen: null },
  },
  { type: 'note', account: evil, text: evil },
  {
    type: 'delivery',
    delivery: {
      account: evil,
      requestId: evil,
      deviceIds: device,
      status: evil,
      receivedAt: '2026-11-23T15:08:01.123Z',
    },
  },
  { type: 'message', message },
] as unknown as readonly Happening[];

describe('a terminal is not steered', () => {
  test.each(happenings.map((happening) => [happening.type, happening] as const))(
    'by a %s',
    async (_type, happening) => {
      const { terminal, shown } = createScreen();
      await createPeopleView(terminal, () => 0).show(happening);
      const text = shown();
      expect(text).not.toBe('');
      expect(text).not.toMatch(steers);
    },
  );

  test('by the service’s words for a failure', () => {
    const { terminal, shown } = createScreen();
    tellFailure(terminal, { code: 'service-refused', message: evil, service });
    expect(shown()).not.toMatch(steers);
  });

  test.each([
    [
      'callbacks',
      callbacks,
      { registrations: [{ serviceName: evil, url: evil, username: evil, hasPassword: true, ours: false }] },
    ],
    [
      'status',
      status,
      {
        light: 'live',
        sentence: evil,
        accounts: [{ light: 'live', name: evil, state: 'live', sentence: evil, lastTextAt: null, lastGap: null }],
        inbox: { total: 1, unread: 1, unverified: 1 },
      },
    ],
    ['messages', messages, { messages: [message], total: 1 }],
  ] as const)('by what %s shows', async (_name, command, value) => {
    const { terminal, shown } = createScreen();
    let calls = 0;
    const bridge = { call: async () => ({ ok: true, value: calls++ === 0 ? value : { messages: [], total: 1 } }) };
    const context = {
      terminal,
      now: () => 0,
      options: {
        has: () => false,
        text: (name: string) => (name === 'account' ? 'a' : null),
        texts: () => ['a'],
        positionals: [],
      },
      attach: async () => ({ ok: true, value: { bridge, ownerPid: 1, close: async () => undefined } }),
    } as unknown as CommandContext;
    await command(context);
    const text = shown();
    expect(text).toContain('word');
    expect(text).not.toMatch(steers);
  });

  test('by a line of JSON, which means the same', async () => {
    for (const happening of happenings) {
      const { terminal, shown } = createScreen();
      const line = happeningJson(happening, 1) ?? '';
      await terminal.out(line);
      const text = shown();
      expect(text).not.toMatch(steers);
      expect(JSON.parse(text)).toEqual(JSON.parse(line));
    }
  });

  test('by rows of an export, which lose nothing on their way to a file', async () => {
    const row = `1,"${evil}\u001b[31m red\r\nnext"\r\n2,x\r\n`;
    const { terminal, shown, streams } = createScreen();
    await terminal.outExactly(row);
    const text = shown();
    expect(text).toContain('\\u001b[31m red\r\nnext"\r\n2,x\r\n');
    expect(text.replaceAll('\r\n', '\n')).not.toMatch(steers);
    Object.assign(streams.stdout, { isTTY: false });
    await terminal.outExactly(row);
    expect(String(streams.stdout.read())).toBe(row);
  });

  test('by a status line', async () => {
    const { terminal, shown } = createScreen();
    terminal.status(`${paint('●', 'green', true)} ${evil}`);
    await expect.poll(shown).toContain('word');
    terminal.close();
  });
});
