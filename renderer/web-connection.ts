import type { Bridge } from '../preload/contract/bridge.ts';
import { type PublicError, publicError } from '../preload/contract/errors.ts';
import { type MethodName, methods, type Output } from '../preload/contract/methods.ts';
import { fail, ok, type Result } from '../preload/contract/result.ts';
import type { Snapshot } from '../preload/contract/snapshot.ts';
import type { Connection, ConnectionState } from './connection.ts';
import { type Line, openLine } from './web-line.ts';

/** ms between two tries to reach a face that does not answer. */
const retryAfter = 2000;

/**
 * The bridge of the browser face: calls and snapshots go over one WebSocket, which is opened again when it breaks. The
 * one-time token in the page's address is exchanged for a cookie that scripts cannot read, and taken out of the address.
 * `lost` says that nothing answered, in the language of the page.
 */
export function createWebConnection(page: Window, lost: () => string): Connection {
  let state: ConnectionState = 'open';
  let line: Line | null = null;
  let opening: Promise<Line | null> | null = null;
  let retrying: ReturnType<typeof setTimeout> | undefined;
  const watchers = new Set<() => void>();
  const listeners = new Set<(snapshot: Snapshot) => void>();
  const session = exchangeToken(page);

  function become(next: ConnectionState): void {
    if (next === state) return;
    state = next;
    for (const watcher of watchers) watcher();
  }

  const ends = {
    told: (snapshot: Snapshot): void => {
      for (const listener of listeners) listener(snapshot);
    },
    ended: (): void => {
      line = null;
      void reach();
    },
  };

  /** Opens the line anew, and says what became of it. */
  async function connect(): Promise<Line | null> {
    await session;
    line = await openLine(page, ends);
    become(line ? 'open' : await whyNot());
    opening = null;
    return line;
  }

  async function reach(): Promise<Line | null> {
    clearTimeout(retrying);
    const reached = line ?? (await (opening ??= connect()));
    if (!reached && state === 'lost') {
      clearTimeout(retrying);
      retrying = setTimeout(() => void reach(), retryAfter);
    }
    return reached;
  }

  const bridge: Bridge = {
    call: async (name, input) => {
      // Not waited for where it stands: a question then leaves before what asks it is drawn.
      const open = line ?? (await reach());
      const result = open && readResult(name, await open.call(name, input));
      return result ?? fail({ code: 'network', message: lost(), service: null });
    },
    onSnapshot: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  void reach();
  return {
    bridge,
    state: () => state,
    subscribe: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    retry: () => void reach(),
    opensLinks: true,
  };
}

async function exchangeToken(page: Window): Promise<void> {
  const token = new URLSearchParams(page.location.hash.slice(1)).get('token');
  if (token === null) return;
  page.history.replaceState(null, '', page.location.pathname);
  await statusOf('POST', JSON.stringify({ token }));
}

/** A line does not say why it was refused; the session does. */
async function whyNot(): Promise<ConnectionState> {
  const status = await statusOf('GET');
  return status === 401 || status === 403 ? 'refused' : 'lost';
}

/** Of an answer about the session; 0: nothing answered. */
async function statusOf(method: 'GET' | 'POST', body?: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  try {
    return (await fetch('/session', body === undefined ? { method } : { method, headers, body })).status;
  } catch {
    return 0;
  }
}

/** Null where the answer is none of this app's. */
function readResult<N extends MethodName>(name: N, answer: unknown): Result<Output<N>, PublicError> | null {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return null;
  if (answer.ok === true && 'value' in answer) {
    const value = methods[name].output.safeParse(answer.value);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very method parsed it
    return value.success ? ok(value.data as Output<N>) : null;
  }
  const error = publicError.safeParse('error' in answer ? answer.error : null);
  return error.success ? fail(error.data) : null;
}
