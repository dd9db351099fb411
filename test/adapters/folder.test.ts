import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../../main/adapters/folder.ts';
import { freshFolder } from '../flows/place.ts';

const isPosix = process.platform !== 'win32';
const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('a folder', () => {
  test('is made with those above it, for this user alone', () => {
    const place = freshFolder();
    makeFolder(join(place, 'a', 'b'));
    expect(statSync(join(place, 'a', 'b')).isDirectory()).toBe(true);
    if (isPosix) expect([modeOf(join(place, 'a')), modeOf(join(place, 'a', 'b'))]).toEqual([0o700, 0o700]);
  });

  test('that is there stays as it is, also behind a link', () => {
    const place = freshFolder();
    mkdirSync(join(place, 'a'), { mode: 0o750 });
    symlinkSync(join(place, 'a'), join(place, 'link'), 'dir');
    makeFolder(join(place, 'a'));
    makeFolder(join(place, 'link', 'b'));
    if (isPosix) expect(modeOf(join(place, 'a'))).toBe(0o750);
    expect(existsSync(join(place, 'a', 'b'))).toBe(true);
  });

  test('cannot stand where a file does', () => {
    const path = join(freshFolder(), 'file');
    writeFileSync(path, '');
    expect(() => makeFolder(path)).toThrow('EEXIST');
    expect(() => makeFolder(join(path, 'a', 'b'))).toThrow(/EEXIST|ENOTDIR/);
  });

  test.skipIf(!existsSync('/proc/self'))('that the system does not take is refused, and not tried for ever', () => {
    expect(() => makeFolder('/proc/x/y')).toThrow('ENOENT');
  });
});
