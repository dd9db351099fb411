import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { copyDatabase } from './backup.ts';
import { checkDatabase } from './check.ts';
import { checkpointIndex } from './checkpoint.ts';
import { encode, type ThreadData } from './protocol.ts';
import { startReading } from './read-thread.ts';
import { startWriting } from './write-thread.ts';

/* Entry of all database threads: which one it is, workerData says. */

const data: ThreadData = workerData;
if (parentPort) {
  if (data.role === 'backup') parentPort.postMessage(encode(copyDatabase(data.directory, data.path)), []);
  else if (data.role === 'check') parentPort.postMessage(encode(checkDatabase(data.directory)), []);
  else if (data.role === 'checkpoint') parentPort.postMessage(encode(checkpointIndex(data.directory)), []);
  else (data.role === 'write' ? startWriting : startReading)(parentPort, data.directory);
}
// A run that is killed does not keep what its threads were compiled to; so it is kept now. Nothing to do in built code.
flushCompileCache();
