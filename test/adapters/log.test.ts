import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFileLog } from '../../main/adapters/log.ts';
import { createSecret } from '../../main/core/secret.ts';
import { createFakeClock } from '../fakes/clock.ts';

function setUp(maximumBytes?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const directory = join(folder, 'logs');
  const log = createFileLog({ directory, clock: createFakeClock(), ...(maximumBytes ? { maximumBytes } : {}) });
  const lines = () => readFileSync(join(directory, 'app.log'), 'utf8').trimEnd().split('\n');
  return { folder, directory, log, lines };
}

describe('the log', () => {
  it('has a line of JSON for each event, in a file for the user alone', () => {
    const { log, lines, directory } = setUp();
    log.write('info', 'started');
    log.write('warn', 'slow', { ms: 7 });
    expect(lines().map((line) => JSON.parse(line))).toEqual([
      { time: '2026-11-23T15:00:00.000Z', level: 'info', event: 'started' },
      { time: '2026-11-23T15:00:00.000Z', level: 'warn', event: 'slow', facts: { ms: 7 } },
    ]);
    expect(statSync(join(directory, 'app.log')).mode & 0o777).toBe(0o600);
  });

  it('shows no secret, however deep it is', () => {
    const { log, lines } = setUp();
    log.write('info', 'x', { password: createSecret('IMgr8'), list: [{ token: createSecret('IMgr8') }] });
    expect(lines().join()).not.toContain('IMgr8');
    expect(lines().join()).toContain('«hidden»');
  });

  it('keeps what steers a terminal or begins a line out of its lines', () => {
    const { log, lines } = setUp();
    const text = 'a\nb\u001b[2J\u007f\u0085\u2028\u202e';
    log.write('info', 'x', { text });
    const [line, ...others] = lines();
    expect(others).toEqual([]);
    expect(line).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    expect(JSON.parse(line ?? '')).toMatchObject({ facts: { text } });
  });

  it('takes errors, bigints and circles', () => {
    const { log, lines } = setUp();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    log.write('error', 'x', { error: new TypeError('broken', { cause: new Error('deep') }), big: 7n });
    log.write('error', 'y', circle);
    expect(lines().map((line) => JSON.parse(line))).toMatchObject([
      { facts: { error: { name: 'TypeError', message: 'broken', cause: { message: 'deep' } }, big: '7' } },
      { event: 'y', facts: 'not serialisable' },
    ]);
  });

  it('is five files of the given size at most, the newest lines in app.log', () => {
    const { log, lines, directory } = setUp(1000);
    for (let number = 0; number < 200; number += 1) log.write('info', 'x', { number });
    expect(readdirSync(directory).sort()).toEqual(['app.log', 'app.log.1', 'app.log.2', 'app.log.3', 'app.log.4']);
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).size).toBeLessThanOrEqual(1000);
    expect(lines().at(-1)).toContain('"number":199');
  });

  it('that cannot be written disturbs nothing', () => {
    const { log, folder } = setUp();
    writeFileSync(join(folder, 'logs'), 'a file in the way');
    expect(() => log.write('info', 'x')).not.toThrow();
  });
});
