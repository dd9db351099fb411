import { type LineCall, lineAnswer, linePath, lineSnapshot } from '../preload/contract/line.ts';
import type { Snapshot } from '../preload/contract/snapshot.ts';

/** One WebSocket to the browser face. */
export interface Line {
  /** What the face answers, or null where the line broke before it did. */
  readonly call: (name: string, input: unknown) => Promise<unknown>;
}

export interface LineEnds {
  readonly told: (snapshot: Snapshot) => void;
  /** Called once, when a line that stood does no more. */
  readonly ended: () => void;
}

/** Opens a line to the face that this page came from; null where none can be had. */
export function openLine({ location }: Window, { told, ended }: LineEnds): Promise<Line | null> {
  const socket = new WebSocket(`ws://${location.host}${linePath}`);
  const waiting = new Map<number, (answer: unknown) => void>();
  let lastId = 0;

  function call(name: string, input: unknown): Promise<unknown> {
    const asked: LineCall = { id: (lastId += 1), name, input };
    return new Promise((resolve) => {
      waiting.set(asked.id, resolve);
      socket.send(JSON.stringify(asked));
    });
  }

  function hear(said: unknown): void {
    const answer = lineAnswer.safeParse(said);
    if (answer.success) {
      waiting.get(answer.data.id)?.(answer.data.answer);
      waiting.delete(answer.data.id);
      return;
    }
    const news = lineSnapshot.safeParse(said);
    if (news.success) told(news.data.snapshot);
  }

  return new Promise((resolve) => {
    let stood = false;
    socket.addEventListener('open', () => {
      stood = true;
      resolve({ call });
    });
    socket.addEventListener('message', ({ data }) => hear(parseJson(String(data))));
    socket.addEventListener('close', () => {
      resolve(null);
      for (const answered of waiting.values()) answered(null);
      waiting.clear();
      if (stood) ended();
    });
  });
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}
