import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadData } from './protocol.ts';
import { startReading } from './read-thread.ts';
import { startWriting } from './write-thread.ts';

/* Entry of both database threads: which one it is, workerData says. */

const data: ThreadData = workerData;
if (parentPort) (data.role === 'write' ? startWriting : startReading)(parentPort, data.directory);
