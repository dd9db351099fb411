import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type LineAnswer, type LineCall, type LineSnapshot, lineCall } from '../../preload/contract/line.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { Clock } from '../core/ports.ts';
import type { Core } from '../services/core.ts';

/** What a window is given of the core. */
export type LineCore = Pick<Core, 'router' | 'snapshot' | 'onSnapshot'>;

/** Calls and snapshots of each open window, over one WebSocket each: docs/adr/0005. */
export interface Lines {
  /** Opens the line that a request asks for, which must be known to come from our own page. */
  open(request: IncomingMessage, socket: Duplex, head: Buffer, core: LineCore): void;
  /** Says goodbye to every window. */
  endAll(): void;
  /** Ends the lines of those that did not hear. */
  cutAll(): void;
}

/** Longest call, in bytes: whoever sends more is cut off (WebSocket close code 1009). */
const longestCall = 1024 * 1024;
/** The browser and whatever lies between learn that the line stands. */
const heartbeatMs = 15_000;
/** Close codes of RFC 6455, section 7.4.1. */
const goingAway = 1001;
const notUnderstood = 1007;

function readCall(data: RawData, isBinary: boolean): LineCall | null {
  if (isBinary || !Buffer.isBuffer(data)) return null;
  try {
    return lineCall.parse(JSON.parse(data.toString('utf8')));
  } catch {
    return null;
  }
}

function answerCalls(line: WebSocket, core: LineCore): void {
  const answer = async ({ id, name, input }: LineCall): Promise<void> => {
    const told: LineAnswer = { id, answer: await core.router.handle('window', name, input) };
    if (line.readyState === line.OPEN) line.send(JSON.stringify(told));
  };
  line.on('message', (data, isBinary) => {
    const call = readCall(data, isBinary);
    if (call) void answer(call);
    else line.close(notUnderstood);
  });
}

/** A reader that is behind gets the newest once it has caught up: what waits for it never grows. */
function tellSnapshots(line: WebSocket, core: LineCore): () => void {
  let newest: Snapshot | null = null;
  let isSending = false;

  function sendNewest(): void {
    if (isSending || newest === null || line.readyState !== line.OPEN) return;
    const told: LineSnapshot = { snapshot: newest };
    newest = null;
    isSending = true;
    line.send(JSON.stringify(told), () => {
      isSending = false;
      sendNewest();
    });
  }

  function show(snapshot: Snapshot): void {
    newest = snapshot;
    sendNewest();
  }

  const end = core.onSnapshot(show);
  show(core.snapshot());
  return end;
}

function keepAlive(line: WebSocket, clock: Clock): () => void {
  let cancel: () => void = () => undefined;
  const beat = (): void => {
    cancel = clock.after(heartbeatMs, () => {
      line.ping();
      beat();
    });
  };
  beat();
  return () => cancel();
}

export function createLines(clock: Clock): Lines {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: longestCall,
    perMessageDeflate: false,
  });

  return {
    open(request, socket, head, core) {
      server.handleUpgrade(request, socket, head, (line) => {
        // A broken line is closed, which is all there is to do about it.
        line.on('error', () => undefined);
        answerCalls(line, core);
        const ends = [tellSnapshots(line, core), keepAlive(line, clock)];
        line.once('close', () => {
          for (const end of ends) end();
        });
      });
    },
    endAll() {
      for (const line of server.clients) line.close(goingAway);
    },
    cutAll() {
      for (const line of server.clients) line.terminate();
    },
  };
}
