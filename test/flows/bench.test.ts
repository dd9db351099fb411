import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTextPatterns } from '../../main/adapters/text-patterns.ts';
import type { BenchRun, BenchScript } from '../../preload/contract/bench.ts';
import { startApp } from './app.ts';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';
const installation = {
  name: 'Installation',
  values: { name: 'gate 4' },
  steps: [
    { send: 'STATUS', expect: 'status ok', within: 30 },
    { send: 'REBOOT {name}', expect: { kind: 'regex', value: '^reboot accepted$' }, within: 30 },
    { expect: { kind: 'search', value: '"boot ok"' }, within: 30 },
    { send: 'PING' },
  ],
};

async function place(script: object) {
  const simulator = await freshSimulator();
  const dataDirectory = freshFolder();
  const file = join(dataDirectory, 'script.json');
  writeFileSync(file, JSON.stringify(script));
  const to = simulator.devices()[0]?.deviceIds[0];
  const surroundings = { dataDirectory, apiBase: simulator.origin, environment: credentialsOf(simulator) };
  return {
    simulator,
    surroundings,
    report: join(dataDirectory, 'visit.md'),
    args: ['bench', file, '--account', account, '--to', `${to?.kind}:${to?.id}`],
  };
}

describe('bench', () => {
  test('sends each command once the one before was answered, and writes a report', async () => {
    const { args, surroundings, simulator, report } = await place(installation);
    const { code, command } = await runCommand([...args, '--json', '--report', report], surroundings);
    expect(command.err()).toContain('this command does until it ends');
    expect(code).toBe(0);
    expect(command.linesOf('step').map(({ number, send, result }) => [number, send, result])).toEqual([
      [1, 'STATUS', 'passed'],
      [2, 'REBOOT gate 4', 'passed'],
      [3, null, 'passed'],
      [4, 'PING', 'passed'],
    ]);
    expect(command.linesOf('bench')).toMatchObject([{ result: 'passed', name: 'Installation', account }]);
    const markdown = readFileSync(report, 'utf8');
    expect(markdown).toContain('# Installation: passed');
    expect(markdown).toMatch(
      /\| 2 \| REBOOT gate 4 \| \/\^reboot accepted\$\/ \| passed \| REBOOT accepted \| \d+\.\d s \|/,
    );
    // What it registered to hear the device it gave back.
    expect(simulator.registrations(account)).toEqual([]);
  });

  test('refuses a report that could not be written before anything is sent', async () => {
    const { args, surroundings, simulator, report } = await place(installation);
    writeFileSync(report, 'of another visit');
    const there = await runCommand([...args, '--report', report], surroundings);
    expect([there.code, there.command.err()]).toEqual([2, expect.stringContaining('exists already')]);
    const nowhere = await runCommand([...args, '--report', join(report, 'visit.md')], surroundings);
    expect([nowhere.code, nowhere.command.err()]).toEqual([2, expect.stringContaining('its folder does not exist')]);
    expect(readFileSync(report, 'utf8')).toBe('of another visit');
    expect(simulator.requests()).toEqual([]);
  });

  test('ends at the first step that fails, skips the rest, and exits 1', async () => {
    const { args, surroundings, simulator } = await place({
      steps: [{ send: 'STATUS', expect: 'never this', within: 1 }, { send: 'PING' }],
    });
    const { code, command } = await runCommand([...args, '--json'], surroundings);
    expect(code).toBe(1);
    expect(command.linesOf('step')).toMatchObject([
      { number: 1, result: 'failed', reason: 'No such answer came within 1 s.' },
      { number: 2, result: 'skipped' },
    ]);
    expect(simulator.requests().filter(({ route }) => route === 'send')).toHaveLength(1);
  });

  test('is stopped by SIGINT: the step under way is stopped, the rest skipped', async () => {
    const { args, surroundings } = await place({
      steps: [{ send: 'STATUS', expect: 'never this', within: 600 }, { send: 'PING' }],
    });
    const command = startCommand([...args, '--json'], surroundings);
    await command.until(({ err }) => err().includes('until it ends'), 'the start');
    await expect
      .poll(async () => (await fetch(`${surroundings.apiBase}/simulator/requests`)).text(), { timeout: 15_000 })
      .toContain('"send"');
    command.signal('SIGINT');
    expect(await command.exited).toBe(1);
    expect(command.linesOf('bench')).toMatchObject([{ result: 'stopped' }]);
    expect(command.linesOf('step').map(({ result }) => result)).toEqual(['stopped', 'skipped']);
  });

  test('runs in the process that listens, where there is one', async () => {
    const { args, surroundings } = await place(installation);
    const listening = startCommand(['listen', '--account', account, '--json'], surroundings);
    await listening.until((command) => stands(command, account, 'live'), 'live');
    const { code, command } = await runCommand(args, surroundings);
    expect(code).toBe(0);
    expect(command.out.at(-1)).toBe('Installation: passed, 4 of 4 steps passed.');
    expect(command.err()).not.toContain('this command does');
  });

  test.each([
    ['no JSON', '{', 'cannot be read as JSON'],
    ['no steps', '{"steps":[]}', 'is no script for the bench'],
    ['a field that there is not', '{"steps":[{"send":"x","wait":1}]}', 'is no script for the bench'],
    ['a value that is missing', '{"steps":[{"send":"APN {apn}"}]}', 'no value for {apn}'],
    ['an expression that cannot be used', '{"steps":[{"expect":{"kind":"regex","value":"("}}]}', 'Step 1: '],
  ])('refuses a file with %s in words', async (_what, text, words) => {
    const { args, surroundings } = await place({});
    writeFileSync(args[1] ?? '', text);
    const { code, command } = await runCommand(args, surroundings);
    expect(code).not.toBe(0);
    expect(command.err()).toContain(words);
  });
});

describe('a run of the bench', () => {
  async function running(script: Partial<BenchScript>) {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    const app = await startApp(simulator, { dataDirectory, accounts: [account] });
    await app.until(() => app.stateOf(account) === 'live', 'live');
    const call = async (name: string, input: object) =>
      (await app.core.router.handle('window', name, input)) as { ok: boolean; value: never; error: never };
    const to = simulator.devices()[0]?.deviceIds[0];
    const started = await call('bench.start', { account, to, script });
    return { app, call, started, dataDirectory, simulator };
  }

  test('is one at a time, and stopped by hand', async () => {
    const { call, started, app } = await running({ steps: [{ send: 'STATUS', expect: 'never', within: 600 }] });
    const { id, account: name, to } = started.value as BenchRun;
    const script = { steps: [{ send: 'PING' }] };
    expect(await call('bench.start', { account: name, to, script })).toMatchObject({ ok: false });
    expect(await call('bench.stop', { id })).toMatchObject({ ok: true });
    let run: BenchRun | undefined;
    await app.until(() => {
      void call('bench.runs', {}).then(({ value }) => {
        run = (value as { runs: BenchRun[] }).runs[0];
      });
      return run?.endedAt !== null && run !== undefined;
    }, 'the end');
    expect(run).toMatchObject({
      result: 'stopped',
      steps: [{ result: 'stopped', reason: 'The run was stopped here.' }],
    });
  });

  test('that the app did not see to its end is stopped, as the next run of the app says', async () => {
    const { app, dataDirectory, simulator } = await running({ steps: [{ expect: 'never', within: 600 }] });
    let stopped = false;
    void app.core.stop().then(() => {
      stopped = true;
    });
    await app.until(() => stopped, 'the stop');
    const again = await startApp(simulator, { dataDirectory, accounts: [account] });
    await again.until(() => again.stateOf(account) === 'live', 'live');
    const { value } = (await again.core.router.handle('window', 'bench.runs', {})) as { value: { runs: BenchRun[] } };
    expect(value.runs).toMatchObject([{ result: 'stopped', steps: [{ result: 'stopped' }] }]);
  });
});

describe('a regular expression', () => {
  const patterns = createTextPatterns();
  const find = (pattern: string, text: string) => {
    const compiled = patterns.compile(pattern);
    if (!compiled.ok) throw new Error(compiled.error);
    return compiled.value(text);
  };

  test('finds what it should, whatever the case', () => {
    expect(find('^status ok \\w+-(\\d+)', 'STATUS OK tracker-101 bat=87')).toBe(true);
    expect(find('^ok$', 'not ok')).toBe(false);
  });

  test.each([
    ['(a+)+$', `${'a'.repeat(50_000)}!`],
    ['(a|a)*b', 'a'.repeat(50_000)],
    ['(.*)*x(.*)*y', 'x'.repeat(50_000)],
    [`${'(a?)'.repeat(40)}${'a'.repeat(40)}`, 'a'.repeat(50_000)],
  ])('that would hang JavaScript’s own is answered at once: %s', (pattern, text) => {
    const started = performance.now();
    find(pattern, text);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('that cannot be read is shown as it was written', () => {
    expect(patterns.compile('a(')).toEqual({
      ok: false,
      error: 'The regular expression cannot be used: missing closing ): `a(`.',
    });
  });

  test.each([['('], ['(?=a)'], ['(a)\\1'], ['((a{1000}){1000})'], ['(.{1000}){1,1000}'], ['(.?){999}'.repeat(20)]])(
    'that is no RE2, or too large, is refused in words: %s',
    (pattern) => {
      expect(patterns.compile(pattern)).toMatchObject({ ok: false, error: expect.stringMatching(/^The .*\.$/) });
    },
  );
});
