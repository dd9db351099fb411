import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createExportPlace } from '../../main/desktop/exporting.ts';
import { createWindowExports } from '../../main/services/window-exports.ts';
import { outputToFile } from '../../main/terminal/export-output.ts';
import { methods, type Output } from '../../preload/contract/methods.ts';
import { createFakeBridge } from '../fakes/fake-bridge.ts';
import { machine, record, resetStandIn } from './electron-stand-in.ts';
import { createFakeCore } from './fake-core.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

let directory = '';
beforeEach(() => {
  resetStandIn();
  directory = mkdtempSync(join(tmpdir(), 'exporting-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Exports as the desktop makes them: its save dialog, and real files. */
function desktopExports() {
  const { bridge } = createFakeBridge({ texts: 250, now: Date.UTC(2026, 10, 1) });
  const core = {
    ...createFakeCore(),
    router: { handle: async (_: unknown, name: string, input: unknown) => bridge.call(name as never, input as never) },
  };
  const { router } = createWindowExports({
    core,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    now: () => Date.UTC(2026, 10, 25),
    newId: () => 'one',
    place: createExportPlace((path) => outputToFile(path, process.pid)),
  }).core;
  const start = async () => router.handle('window', 'export.start', { query: '', format: 'ndjson' });
  async function ended(): Promise<Output<'export.progress'>> {
    const answer = await router.handle('window', 'export.progress', { id: 'one' });
    const progress = methods['export.progress'].output.parse(answer.ok ? answer.value : null);
    if (progress.state !== 'running') return progress;
    await new Promise(setImmediate);
    return ended();
  }
  return { start, ended };
}

test('an export is written whole where the person says, under the name that is suggested', async () => {
  machine.saveTo = join(directory, 'mine.ndjson');
  writeFileSync(machine.saveTo, 'of before');
  const { start, ended } = desktopExports();
  expect(await start()).toEqual({ ok: true, value: { id: 'one', download: null } });
  expect(record.suggested).toEqual(['thingspace-texts-2026-11-25.ndjson']);
  expect(await ended()).toMatchObject({ state: 'done', written: 250, path: machine.saveTo });
  const texts = readFileSync(machine.saveTo, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"type":"message"'));
  expect(texts).toHaveLength(250);
  expect(readdirSync(directory)).toEqual(['mine.ndjson']);
});

test('nothing is written when the person chooses no place', async () => {
  const { start } = desktopExports();
  expect(await start()).toEqual({ ok: true, value: { id: null, download: null } });
  expect(readdirSync(directory)).toEqual([]);
});

test('a place that cannot be written is told in words, and nothing is left there', async () => {
  machine.saveTo = join(directory, 'missing', 'mine.ndjson');
  const { start } = desktopExports();
  expect(await start()).toMatchObject({
    ok: false,
    error: { code: 'storage-failed', message: expect.stringContaining('its folder does not exist') },
  });
  expect(existsSync(join(directory, 'missing'))).toBe(false);
});
