import { utilityProcess } from 'electron';
import type { StartHelper } from '../core/ports.ts';

/**
 * Electron's way to start a program of ours. `child_process.fork` needs the `runAsNode` fuse, which is off: it would
 * start the whole app again.
 */
export const startUtility: StartHelper = (path) => {
  const child = utilityProcess.fork(path, [], { stdio: 'ignore', serviceName: 'ThingSpace SMS Tray keychain' });
  return {
    send(message) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', listener),
    onEnded: (listener) => void child.once('exit', listener),
    // It never holds this process back.
    keepAlive: () => undefined,
    kill() {
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
};
