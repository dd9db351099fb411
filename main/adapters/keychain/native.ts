import { type ChildProcess, fork } from 'node:child_process';
import type { Clock } from '../../core/ports.ts';
import { type NativeReply, type NativeRequest, nativeReply } from './protocol.ts';

/** The process that makes native calls: started when needed, ended when idle, and never keeping the app alive. */
export interface Native {
  /** One at a time; never rejects. */
  ask(request: NativeRequest): Promise<NativeReply>;
  /** The app no longer waits for the call that is under way. */
  detach(): void;
  close(): void;
}

const idleMs = 5000;
const gone: NativeReply = { kind: 'failed', message: 'its process ended' };

interface Helper {
  readonly child: ChildProcess;
  answer: ((reply: NativeReply) => void) | null;
  /** It has done something already, so that what it remembers of the keychain may be old. */
  served: boolean;
}

function startHelper(path: string): Helper {
  const child = fork(path, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const helper: Helper = { child, answer: null, served: false };
  child.on('message', (message) => helper.answer?.(nativeReply.safeParse(message).data ?? gone));
  child.on('error', () => helper.answer?.(gone));
  child.once('exit', () => helper.answer?.(gone));
  return helper;
}

function keepAlive({ child }: Helper, alive: boolean): void {
  if (alive) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

function askHelper(helper: Helper, request: NativeRequest): Promise<NativeReply> {
  keepAlive(helper, true);
  return new Promise((resolve) => {
    helper.answer = (reply) => {
      helper.answer = null;
      keepAlive(helper, false);
      resolve(reply);
    };
    helper.child.send(request, (error) => {
      if (error !== null) helper.answer?.(gone);
    });
  });
}

export function createNative(path: string, clock: Clock): Native {
  let helper: Helper | null = null;
  let cancelIdle: () => void = () => undefined;

  function end(): void {
    cancelIdle();
    helper?.child.kill('SIGKILL');
    helper = null;
  }

  async function ask(request: NativeRequest): Promise<NativeReply> {
    cancelIdle();
    const asked = (helper ??= startHelper(path));
    const reply = await askHelper(asked, request);
    if (reply.kind === 'done') {
      asked.served = true;
      cancelIdle = clock.after(idleMs, end);
      return reply;
    }
    if (helper !== asked) return reply;
    // libsecret does not notice that the keychain was restarted; a new process does.
    end();
    return asked.served ? ask(request) : reply;
  }

  return {
    ask,
    detach: () => {
      if (helper !== null) keepAlive(helper, false);
    },
    close: end,
  };
}
