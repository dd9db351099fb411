import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ExportTarget } from '../../main/services/export-texts.ts';
import { createWindowExports, type ExportPlace } from '../../main/services/window-exports.ts';
import { methods, type Output } from '../../preload/contract/methods.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { createFakeCore } from '../desktop/fake-core.ts';
import { createFakeBridge } from '../fakes/fake-bridge.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A target that keeps what it is given, and fails or waits where a test says so. */
function memory() {
  const log: string[] = [];
  let text = '';
  let trouble: string | null = null;
  let wait: Promise<void> = Promise.resolve();
  const target: ExportTarget = {
    async write(more) {
      await wait;
      if (trouble !== null) return fail(trouble);
      text += more;
      log.push('write');
      return ok(undefined);
    },
    async finish() {
      log.push('finish');
      return ok(undefined);
    },
    async abandon() {
      log.push('abandon');
    },
  };
  return {
    target,
    log,
    text: () => text,
    breakWith: (words: string) => void (trouble = words),
    hold: (until: Promise<void>) => void (wait = until),
  };
}

function exporting(texts: number, place: (fileName: string) => Result<ExportPlace, string>) {
  const { bridge, arrive } = createFakeBridge({ texts, now: Date.UTC(2026, 10, 1) });
  const core = createFakeCore();
  const fake = {
    ...core,
    router: { handle: async (_: unknown, name: string, input: unknown) => bridge.call(name as never, input as never) },
  };
  const exports = createWindowExports({
    core: fake,
    sha256,
    now: () => Date.UTC(2026, 10, 25),
    newId: () => 'one',
    place: async ({ fileName }) => place(fileName),
  });
  const ask = async <N extends 'export.start' | 'export.progress' | 'export.cancel'>(name: N, input: unknown) => {
    const answer = await exports.core.router.handle('window', name, input);
    if (!answer.ok) throw new Error(answer.error.message);
    return methods[name].output.parse(answer.value) as Output<N>;
  };
  return { exports, ask, arrive };
}

const later: Result<ExportPlace, string> = ok({ kind: 'later', download: '/export/one' });

describe('an export of a window', () => {
  test('is written whole where the person chose, chained, and says where and with which hash', async () => {
    const file = memory();
    const { ask } = exporting(1000, (fileName) => {
      expect(fileName).toBe('thingspace-texts-2026-11-25.ndjson');
      return ok({ kind: 'now', target: file.target, path: '/home/pat/texts.ndjson' });
    });
    expect(await ask('export.start', { format: 'ndjson', query: '' })).toEqual({ id: 'one', download: null });
    await expect.poll(async () => (await ask('export.progress', { id: 'one' })).state).toBe('done');
    const lines = file.text().trimEnd().split('\n');
    const last = JSON.parse(lines.at(-1) ?? '') as { count: number; hash: string };
    expect(lines).toHaveLength(1001);
    expect(last.count).toBe(1000);
    expect(await ask('export.progress', { id: 'one' })).toEqual({
      state: 'done',
      written: 1000,
      total: 1000,
      hash: last.hash,
      path: '/home/pat/texts.ndjson',
      reason: null,
    });
    expect(file.log.at(-1)).toBe('finish');
  });

  test('waits until a browser fetches it, and is given once', async () => {
    const { exports, ask } = exporting(10, () => later);
    expect(await ask('export.start', { format: 'csv', query: '' })).toEqual({ id: 'one', download: '/export/one' });
    expect((await ask('export.progress', { id: 'one' })).state).toBe('waiting');
    expect(exports.waiting('one')?.format).toBe('csv');
    const file = memory();
    await exports.pour('one', file.target);
    expect(exports.waiting('one')).toBeNull();
    const again = memory();
    await exports.pour('one', again.target);
    expect(again.log).toEqual([]);
    expect(file.text().match(/\r\n/g)?.length).toBe(12);
  });

  test('holds what came since it was asked for, and counts no more of it than there is', async () => {
    const { exports, ask, arrive } = exporting(10, () => later);
    await ask('export.start', { format: 'csv', query: '' });
    arrive({ text: 'meanwhile' });
    const file = memory();
    await exports.pour('one', file.target);
    expect(file.text()).toContain('meanwhile');
    expect(await ask('export.progress', { id: 'one' })).toMatchObject({ state: 'done', written: 11, total: 11 });
  });

  test('that is cancelled leaves nothing behind', async () => {
    const { exports, ask } = exporting(5000, () => later);
    await ask('export.start', { format: 'csv', query: '' });
    const file = memory();
    const gate = Promise.withResolvers<void>();
    file.hold(gate.promise);
    const pouring = exports.pour('one', file.target);
    await expect.poll(async () => (await ask('export.progress', { id: 'one' })).state).toBe('running');
    expect((await ask('export.cancel', { id: 'one' })).state).toBe('cancelled');
    gate.resolve();
    await pouring;
    expect(file.log.at(-1)).toBe('abandon');
    expect(file.log).not.toContain('finish');
    expect(await ask('export.progress', { id: 'one' })).toMatchObject({ state: 'cancelled', hash: null });
  });

  test('that cannot go on says why, and leaves nothing behind', async () => {
    const { exports, ask } = exporting(5000, () => later);
    await ask('export.start', { format: 'csv', query: '' });
    const file = memory();
    file.breakWith('The disk is full.');
    await exports.pour('one', file.target);
    expect(file.log).toEqual(['abandon']);
    expect(await ask('export.progress', { id: 'one' })).toMatchObject({ state: 'failed', reason: 'The disk is full.' });
  });

  test('for which nobody chose a place, or whose place cannot be written, does not begin', async () => {
    const nowhere = exporting(10, () => ok({ kind: 'nowhere' }));
    expect(await nowhere.ask('export.start', { format: 'csv' })).toEqual({ id: null, download: null });
    const refused = exporting(10, () => fail('It may not be written to.'));
    await expect(refused.ask('export.start', { format: 'csv' })).rejects.toThrow('It may not be written to.');
  });

  test('is of what the search finds', async () => {
    const file = memory();
    const { ask } = exporting(80, () => ok({ kind: 'now', target: file.target, path: '/x' }));
    await ask('export.start', { format: 'ndjson', query: 'pump' });
    await expect.poll(async () => (await ask('export.progress', { id: 'one' })).state).toBe('done');
    expect(file.text().match(/ALARM pump/g)).toHaveLength(10);
    expect(file.text()).not.toContain('BAT 87%');
  });
});
