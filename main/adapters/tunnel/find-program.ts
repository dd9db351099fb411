import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** What Windows runs without a shell. */
const endings = process.platform === 'win32' ? ['.exe', '.com'] : [''];

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The program's file: itself where a path is given, else the first on PATH; null when there is none. */
export function findProgram(name: string, searchPath: string): string | null {
  if (path.isAbsolute(name)) return isProgram(name) ? name : null;
  // Relative folders of PATH mean something else in each working directory.
  const folders = name.includes(path.sep)
    ? []
    : searchPath.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const files = folders.flatMap((folder) => endings.map((ending) => path.join(folder, `${name}${ending}`)));
  return files.find(isProgram) ?? null;
}
