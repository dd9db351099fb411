import type { ServerResponse } from 'node:http';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { Clock } from '../core/ports.ts';
import type { Core } from '../services/core.ts';
import { writeHead } from './respond.ts';

/** Snapshots as server-sent events. */
export interface EventStreams {
  open(response: ServerResponse, core: Core): void;
  endAll(): void;
}

/** A comment now and then: the browser and whatever lies between learn that the line stands. */
const heartbeatMs = 15_000;

function stream(response: ServerResponse, core: Core, clock: Clock): void {
  let newest: Snapshot | null = null;
  let cancelBeat: () => void = () => undefined;

  function show(snapshot: Snapshot): void {
    // A reader that is behind gets the newest once it has caught up: what waits for it never grows.
    if (response.writableNeedDrain) newest = snapshot;
    else response.write(`id: ${snapshot.number}\ndata: ${JSON.stringify(snapshot)}\n\n`);
  }

  function beat(): void {
    if (!response.writableNeedDrain) response.write(':\n\n');
    cancelBeat = clock.after(heartbeatMs, beat);
  }

  const end = core.onSnapshot(show);
  response.on('drain', () => {
    const waiting = newest;
    newest = null;
    if (waiting !== null) show(waiting);
  });
  response.once('close', () => {
    end();
    cancelBeat();
  });
  show(core.snapshot());
  cancelBeat = clock.after(heartbeatMs, beat);
}

export function createEventStreams(clock: Clock): EventStreams {
  const streams = new Set<ServerResponse>();

  return {
    open(response, core) {
      writeHead(response, 200, { 'Content-Type': 'text/event-stream' });
      streams.add(response);
      response.once('close', () => streams.delete(response));
      stream(response, core, clock);
    },
    endAll() {
      for (const response of streams) response.end();
    },
  };
}
