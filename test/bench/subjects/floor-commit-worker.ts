import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

interface Item {
  readonly id: number;
  readonly body: string;
}

const database = new Database(String(workerData));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec('CREATE TABLE IF NOT EXISTS message (sequence INTEGER PRIMARY KEY, body TEXT NOT NULL)');
const insert = database.prepare<[string]>('INSERT INTO message (body) VALUES (?)');
const commit = database.transaction((items: readonly Item[]) => {
  for (const { body } of items) insert.run(body);
});
let queue: Item[] = [];

/* What arrives while a transaction is synced makes up the next one. */
function turn(): void {
  const items = queue;
  queue = [];
  commit(items);
  parentPort?.postMessage(items.map(({ id }) => id));
}

parentPort?.on('message', (items: readonly Item[]) => {
  if (queue.length === 0) setImmediate(turn);
  queue.push(...items);
});
