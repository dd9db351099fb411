import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The newest lines of the log, oldest first. */
export function createLogReader(folder: string): () => Promise<readonly string[]> {
  const lines = async (name: string) => (await readFile(join(folder, name), 'utf8').catch(() => '')).split('\n');
  return async () => [...(await lines('app.log.1')), ...(await lines('app.log'))].filter((line) => line !== '');
}
