import { fork } from 'node:child_process';
import type { Clock, HelperProcess, StartHelper } from '../../core/ports.ts';
import { type NativeReply, type NativeRequest, nativeReply, nativeRequest } from './protocol.ts';

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
  readonly process: HelperProcess;
  answer: ((reply: NativeReply) => void) | null;
  /** It has done something already, so that what it remembers of the keychain may be old. */
  served: boolean;
}

/** Plain Node's way to start the helper. */
export const forkHelper: StartHelper = (path) => {
  const child = fork(path, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  return {
    send(message, onFailed) {
      child.send(nativeRequest.parse(message), (error) => {
        if (error !== null) onFailed();
      });
    },
    onMessage: (listener) => void child.on('message', listener),
    onEnded(listener) {
      child.once('error', listener);
      child.once('exit', listener);
    },
    keepAlive(alive) {
      const held = [child, child.channel];
      for (const handle of held) {
        if (alive) handle?.ref();
        else handle?.unref();
      }
    },
    kill: () => void child.kill('SIGKILL'),
  };
};

function startHelper(path: string, start: StartHelper): Helper {
  const helper: Helper = { process: start(path), answer: null, served: false };
  helper.process.onMessage((message) => helper.answer?.(nativeReply.safeParse(message).data ?? gone));
  helper.process.onEnded(() => helper.answer?.(gone));
  return helper;
}

function askHelper(helper: Helper, request: NativeRequest): Promise<NativeReply> {
  helper.process.keepAlive(true);
  return new Promise((resolve) => {
    helper.answer = (reply) => {
      helper.answer = null;
      helper.process.keepAlive(false);
      resolve(reply);
    };
    helper.process.send(request, () => helper.answer?.(gone));
  });
}

export function createNative(path: string, clock: Clock, start: StartHelper): Native {
  let helper: Helper | null = null;
  let cancelIdle: () => void = () => undefined;

  function end(): void {
    cancelIdle();
    helper?.process.kill();
    helper = null;
  }

  async function ask(request: NativeRequest): Promise<NativeReply> {
    cancelIdle();
    const asked = (helper ??= startHelper(path, start));
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
      helper?.process.keepAlive(false);
    },
    close: end,
  };
}
