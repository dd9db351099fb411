import type { Server } from 'node:http';
import type { Serving } from './serve-subject.ts';

/** As little as can be between a callback and `take`: the body parsed, 200 once `answer` is called. */
export async function listenOnLoopback(
  server: Server,
  take: (body: unknown, answer: () => void) => void,
): Promise<Serving> {
  server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () =>
      take(JSON.parse(Buffer.concat(chunks).toString()), () =>
        response.writeHead(200, { 'Content-Length': '0' }).end(),
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    target: { port, path: '/callback', username: 'thingspace', password: 'password' },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
