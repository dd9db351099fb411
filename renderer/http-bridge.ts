import type { Bridge } from '../preload/contract/bridge.ts';
import { type PublicError, publicError } from '../preload/contract/errors.ts';
import { type Input, type MethodName, methods, type Output } from '../preload/contract/methods.ts';
import { fail, ok, type Result } from '../preload/contract/result.ts';
import { type Snapshot, snapshot as snapshotSchema } from '../preload/contract/snapshot.ts';
import type { Connection, ConnectionState } from './connection.ts';

interface Port {
  readonly post: (path: string, body: unknown) => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly become: (state: ConnectionState) => void;
  /** Says that nothing answered, in the language of the page. */
  readonly lost: () => string;
}

/**
 * The bridge of the browser face: calls are POSTed, snapshots come as server-sent events. The one-time token in the
 * page's address is exchanged for a cookie that scripts cannot read, and taken out of the address.
 */
export function createHttpConnection(page: Window, lost: () => string): Connection {
  let state: ConnectionState = 'open';
  let events: EventSource | null = null;
  const watchers = new Set<() => void>();
  const listeners = new Set<(snapshot: Snapshot) => void>();
  const become = (next: ConnectionState): void => {
    if (next === state) return;
    state = next;
    for (const watcher of watchers) watcher();
  };
  const port: Port = { post, become, lost };
  let isReady = false;
  const session = exchangeToken(page, port).then(() => {
    isReady = true;
  });
  const bridge: Bridge = {
    call: async (name, input) => {
      // Not waited for once it stands: a question then leaves before what asks it is drawn.
      if (!isReady) await session;
      return await call(port, name, input);
    },
    onSnapshot: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const retry = (): void => {
    events?.close();
    events = listen(bridge, become, (snapshot) => {
      for (const listener of listeners) listener(snapshot);
    });
  };
  void session.then(retry);
  const subscribe = (watcher: () => void): (() => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };
  return { bridge, state: () => state, subscribe, retry, opensLinks: true };
}

async function exchangeToken(page: Window, { post, become }: Port): Promise<void> {
  const token = new URLSearchParams(page.location.hash.slice(1)).get('token');
  if (token === null) return;
  page.history.replaceState(null, '', page.location.pathname);
  const answer = await post('/session', { token });
  if (answer.status === 401 || answer.status === 403) become('refused');
}

function listen(
  bridge: Bridge,
  become: (state: ConnectionState) => void,
  told: (snapshot: Snapshot) => void,
): EventSource {
  const events = new EventSource('/events');
  events.addEventListener('message', (event) => {
    const parsed = snapshotSchema.safeParse(parseJson(String(event.data)));
    if (parsed.success) told(parsed.data);
  });
  events.addEventListener('open', () => {
    // Snapshots told while the line was down are lost: the present one is asked for.
    void bridge.call('snapshot.get', {}).then((now) => {
      if (!now.ok) return;
      become('open');
      told(now.value);
    });
  });
  // An event source does not say why it failed; a call does.
  events.addEventListener('error', () => void bridge.call('snapshot.get', {}));
  return events;
}

async function call<N extends MethodName>(
  { post, become, lost }: Port,
  name: N,
  input: Input<N>,
): Promise<Result<Output<N>, PublicError>> {
  const answer = await post(`/call/${name}`, input);
  if (answer.status === 0 || answer.status === 404 || answer.status >= 500) become('lost');
  if (answer.status === 401 || answer.status === 403) become('refused');
  const result = answer.status === 200 ? readResult(name, answer.body) : null;
  return result ?? fail({ code: 'network', message: lost(), service: null });
}

/** Null where the answer is none of this app's. */
function readResult<N extends MethodName>(name: N, body: unknown): Result<Output<N>, PublicError> | null {
  if (typeof body !== 'object' || body === null || !('ok' in body)) return null;
  if (body.ok === true && 'value' in body) {
    const value = methods[name].output.safeParse(body.value);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very method parsed it
    return value.success ? ok(value.data as Output<N>) : null;
  }
  const error = publicError.safeParse('error' in body ? body.error : null);
  return error.success ? fail(error.data) : null;
}

/** Status 0: nothing answered. */
async function post(path: string, body: unknown): Promise<{ readonly status: number; readonly body: unknown }> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Requested-By': 'window' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch {
    return { status: 0, body: null };
  }
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}
