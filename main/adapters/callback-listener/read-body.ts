import type { IncomingMessage } from 'node:http';

const nothing = Buffer.alloc(0);
/** How much of a body that is too long is read, so that its sender gets to read the answer. */
const drainedBytes = 1024 * 1024;

/** Reads a body to its end, or for a megabyte. `then` gets at most `limit` bytes, and whether that is all. */
export function readBody(
  request: IncomingMessage,
  limit: number,
  then: (bytes: Buffer, isWhole: boolean) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let isOver = false;

  function done(): void {
    isOver = true;
    then(chunks.length > 1 ? Buffer.concat(chunks) : (chunks[0] ?? nothing), size <= limit);
  }

  request.on('data', (chunk: Buffer) => {
    if (isOver) return;
    const room = limit - size;
    size += chunk.length;
    if (room > 0) chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    if (size > limit + drainedBytes) done();
  });
  request.on('end', () => {
    if (!isOver) done();
  });
}
