import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { openDocument, openNotes } from '../../main/adapters/document.ts';
import type { Document } from '../../main/core/ports.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createFakeDocument } from '../fakes/document.ts';

const schema = z.array(z.string()).readonly();

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'document-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function open(path: string) {
  return openDocument<readonly string[]>(path, schema, ['fallback'], createFakeClock());
}

describe.each<readonly [string, () => Document<readonly string[]>]>([
  ['a document on disk', () => open(join(temporaryFolder(), 'facts.json'))],
  ['a document in memory', () => createFakeDocument<readonly string[]>(['fallback'])],
])('%s', (_what, create) => {
  it('gives the fallback until something was written, and then that', () => {
    const document = create();
    expect(document.read()).toEqual(['fallback']);
    expect(document.write(['a', 'ü\n'])).toEqual({ ok: true, value: undefined });
    expect(document.read()).toEqual(['a', 'ü\n']);
  });
});

describe('the file of a document', () => {
  it('survives a restart, carries the number of its format, and only the user may read it', () => {
    const path = join(temporaryFolder(), 'new', 'folder', 'facts.json');
    open(path).write(['a']);
    expect(open(path).read()).toEqual(['a']);
    expect(open(path).setAside).toBeNull();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ version: 1, value: ['a'] });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, '..'))).toEqual(['facts.json']);
  });

  it('stays as it was when a write is cut short', () => {
    const path = join(temporaryFolder(), 'facts.json');
    open(path).write(['a']);
    writeFileSync(`${path}.new`, '{"version":1,"va', { mode: 0o644 });
    const reopened = open(path);
    expect(reopened.read()).toEqual(['a']);
    reopened.write(['b']);
    expect(open(path).read()).toEqual(['b']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['is no JSON', '{"version":1,"val'],
    ['is empty', ''],
    ['holds something else', '{"version":1,"value":[7]}'],
    ['is of a newer format', '{"version":2,"value":["a"]}'],
  ])('is kept aside when it %s', (_what, text) => {
    const path = join(temporaryFolder(), 'facts.json');
    writeFileSync(path, text);
    const document = open(path);
    expect(document.read()).toEqual(['fallback']);
    expect(document.setAside).toBe(`${path}.unreadable-2026-11-23T15-00-00-000Z`);
    expect(readFileSync(document.setAside ?? '', 'utf8')).toBe(text);
    expect(existsSync(path)).toBe(false);
  });

  it('that cannot be written leaves the value as it was, and says why', () => {
    const path = join(temporaryFolder(), 'facts.json');
    const document = open(path);
    document.write(['a']);
    mkdirSync(`${path}.new`);
    writeFileSync(join(`${path}.new`, 'in the way'), '');
    const written = document.write(['b']);
    expect(written).toMatchObject({ ok: false, error: { message: expect.stringContaining(path) } });
    expect(document.read()).toEqual(['a']);
    expect(open(path).read()).toEqual(['a']);
  });
});

describe('notes', () => {
  const open = (path: string, lines: string[] = []) =>
    openNotes<readonly string[]>(path, schema, [], {
      clock: createFakeClock(),
      log: { write: (_level, event) => void lines.push(event) },
    });

  it('are there at once, and in the file, for its owner alone, as soon as the disk has taken them', async () => {
    const path = join(temporaryFolder(), 'notes.json');
    const notes = open(path);
    notes.write(['a']);
    for (let count = 0; count < 100; count += 1) notes.write([...notes.read(), String(count)]);
    expect(notes.read()).toHaveLength(101);
    expect(existsSync(path)).toBe(false);
    await notes.settled();
    expect(open(path).read()).toEqual(notes.read());
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('that cannot be written are logged, and written with the next', async () => {
    const folder = temporaryFolder();
    const lines: string[] = [];
    const notes = open(join(folder, 'inside', 'notes.json'), lines);
    rmSync(join(folder, 'inside'), { recursive: true });
    notes.write(['a']);
    await notes.settled();
    expect([lines, notes.read()]).toEqual([['notes-not-written'], ['a']]);
    mkdirSync(join(folder, 'inside'));
    notes.write([...notes.read(), 'b']);
    await notes.settled();
    expect(open(join(folder, 'inside', 'notes.json')).read()).toEqual(['a', 'b']);
  });
});
