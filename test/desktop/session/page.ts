import { z } from 'zod';

/* A page of a program that was started with --remote-debugging-port=0, by Chromium's own protocol. */

const targets = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }));
const answer = z.object({
  id: z.literal(1),
  result: z.object({ result: z.object({ value: z.unknown() }) }).optional(),
});
const answerWithinMs = 5_000;

/** The port that the program printed, or null while it has not. */
export function debuggingPort(output: string): number | null {
  const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(output)?.[1];
  return port === undefined ? null : Number(port);
}

/**
 * What `expression` gives in the first page whose address begins with `address`; null when there is no such page, or
 * none that can answer yet: a page that is only being made answers with an error, or never.
 */
export async function evaluateIn(port: number, address: string, expression: string): Promise<unknown> {
  const signal = AbortSignal.timeout(answerWithinMs);
  const listed = targets.parse(await (await fetch(`http://127.0.0.1:${port}/json/list`, { signal })).json());
  const page = listed.find(({ type, url }) => type === 'page' && url.startsWith(address));
  if (!page) return null;
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  try {
    return await new Promise((resolve) => {
      const cannot = () => resolve(null);
      const params = { expression, returnByValue: true, awaitPromise: true };
      socket.addEventListener('open', () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params })));
      socket.addEventListener('message', ({ data }) => {
        const parsed = answer.safeParse(JSON.parse(String(data)));
        if (parsed.success) resolve(parsed.data.result?.result.value ?? null);
      });
      for (const event of ['error', 'close']) socket.addEventListener(event, cannot);
      signal.addEventListener('abort', cannot);
    });
  } finally {
    socket.close();
  }
}
