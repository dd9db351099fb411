/* Floor (b): the same, but each body is synced to disk before it is answered: bare better-sqlite3, group commit, FULL. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { listenOnLoopback } from './bare-http.ts';
import { serveSubject } from './serve-subject.ts';

await serveSubject(async (directory) => {
  const worker = new Worker(new URL('./floor-commit-worker.ts', import.meta.url), {
    workerData: join(directory, 'floor.db'),
  });
  const waiting = new Map<number, () => void>();
  let queue: { id: number; body: string }[] = [];
  let nextId = 1;
  worker.on('message', (ids: readonly number[]) => {
    for (const id of ids) {
      waiting.get(id)?.();
      waiting.delete(id);
    }
  });
  const serving = await listenOnLoopback(createServer(), (body, answer) => {
    const id = nextId++;
    waiting.set(id, answer);
    if (queue.push({ id, body: JSON.stringify(body) }) > 1) return;
    setImmediate(() => {
      worker.postMessage(queue, []);
      queue = [];
    });
  });
  return {
    ...serving,
    stop: async () => {
      await serving.stop();
      await worker.terminate();
    },
  };
});
