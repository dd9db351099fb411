import type { MessagePort } from 'node:worker_threads';
import { ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import { openDatabase, setAsideDatabase } from './database.ts';
import { failureOf } from './failure.ts';
import {
  type Answered,
  type Call,
  encode,
  type FromThread,
  type Renewed,
  type Reply,
  type ToWriter,
  type WriteCall,
  type WriteTable,
} from './protocol.ts';
import { type Committer, createCommitter } from './write-commit.ts';
import { createFollowing } from './write-following.ts';

/** After so long without a call (milliseconds) what only memory holds is written. */
const idleMs = 100;

interface Session {
  readonly storeKey: string;
  readonly setAside: string | null;
  readonly committer: Committer;
  /** Writes what is left and ends the connection. */
  end(): void;
  /** Ends the connection and puts the database out of the way; returns where to. */
  giveUp(): string;
}

/** Opens the database; one whose content turns out unreadable is set aside like one that cannot be opened. */
function openSession(directory: string, earlierAside: string | null = null): Result<Session, StorageFailure> {
  const opened = openDatabase(directory);
  if (!opened.ok) return opened;
  const { database, storeKey } = opened.value;
  const setAside = opened.value.setAside ?? earlierAside;
  const giveUp = () => {
    database.close();
    return setAsideDatabase(directory);
  };
  try {
    const committer = createCommitter(database, storeKey);
    const end = () => {
      committer.settle();
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
    };
    return ok({ storeKey, setAside, committer, end, giveUp });
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'corrupt' && setAside === null) return openSession(directory, giveUp());
    database.close();
    return { ok: false, error: failure };
  }
}

function isCorrupt({ result }: Reply): boolean {
  return !result.ok && result.error.kind === 'corrupt';
}

type Work = Exclude<WriteCall, Call<WriteTable, 'renew'>> | Answered;

/** Carries out calls; calls that arrive while a transaction is synced make up the next one. */
function createWriting(port: MessagePort, directory: string, first: Session) {
  let session = first;
  let queue: Work[] = [];
  let closing = false;
  const say = (message: FromThread) => port.postMessage(encode(message));
  const idle = setTimeout(settle, idleMs);
  const isTimeToFollow = createFollowing(() => performance.now());

  /** What only memory holds can be read again from the disk: when it cannot be written now, the next time will do. */
  function settle(): void {
    try {
      if (session.committer.settle()) idle.refresh();
      say({ kind: 'grown' });
    } catch (error) {
      if (failureOf(error).kind === 'corrupt') say({ kind: 'damaged' });
    }
  }

  function renew(): Result<Renewed, StorageFailure> {
    const path = session.giveUp();
    const opened = openSession(directory);
    if (!opened.ok) return opened;
    session = opened.value;
    return ok({ storeKey: session.storeKey, path });
  }

  function turn(): void {
    const items = queue;
    queue = [];
    const replies = items.length === 0 ? [] : session.committer.commit(items);
    if (replies.length > 0) say({ kind: 'replies', replies });
    if (replies.some(isCorrupt)) say({ kind: 'damaged' });
    if (isTimeToFollow(items.length)) say({ kind: 'grown' });
    if (!closing) return void idle.refresh();
    clearTimeout(idle);
    port.close();
    session.end();
  }

  return (encoded: string): void => {
    const items: readonly ToWriter[] = JSON.parse(encoded);
    if (queue.length === 0 && !closing) setImmediate(turn);
    for (const item of items) {
      if (item.kind === 'close') closing = true;
      else if (item.kind === 'renew') say({ kind: 'replies', replies: [{ id: item.id, result: renew() }] });
      else queue.push(item);
    }
  };
}

/** The thread that writes: the only one that changes the database. */
export function startWriting(port: MessagePort, directory: string): void {
  const opened = openSession(directory);
  const say = (message: FromThread) => port.postMessage(encode(message));
  if (!opened.ok) {
    say({ kind: 'refused', failure: opened.error });
    port.close();
    return;
  }
  port.on('message', createWriting(port, directory, opened.value));
  say({ kind: 'ready', storeKey: opened.value.storeKey, setAside: opened.value.setAside });
}
