import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseName } from './files.ts';

async function markOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch {
    return 'not there';
  }
}

/**
 * Another one after each change of a folder's store, whoever made it. Looking opens and holds nothing: an open file
 * could not be put aside on Windows, and would keep its log after whoever writes has closed it.
 */
export async function storeMark(directory: string): Promise<string> {
  const path = join(directory, databaseName);
  return `${await markOf(path)}, ${await markOf(`${path}-wal`)}`;
}
