import { type NativeReply, type NativeRequest, nativeRequest } from './protocol.ts';

/*
 * The keychain's native calls, in a process of their own. A call can wait for a person without limit on one of libuv's
 * threads, and a process with such a call cannot end: `exit` joins those threads. Here it can be killed instead.
 */

const service = 'thingspace-sms-tray';

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Loaded when needed, because loading throws where libsecret is missing. */
async function load() {
  try {
    return (await import('keytar')).default;
  } catch (error) {
    return words(error);
  }
}

async function perform(request: NativeRequest): Promise<NativeReply> {
  const keytar = await load();
  if (typeof keytar === 'string') return { kind: 'not-loaded', message: keytar };
  try {
    switch (request.call) {
      case 'read':
        return { kind: 'done', value: await keytar.getPassword(service, request.name) };
      case 'write':
        await keytar.setPassword(service, request.name, request.value);
        return { kind: 'done', value: true };
      case 'remove':
        return { kind: 'done', value: await keytar.deletePassword(service, request.name) };
    }
  } catch (error) {
    return { kind: 'failed', message: words(error) };
  }
}

/** How a process that Electron started hears and answers; plain Node has none. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}

const parentPort: unknown = Reflect.get(process, 'parentPort');
if (isParentPort(parentPort)) {
  parentPort.on('message', ({ data }) => {
    void perform(nativeRequest.parse(data)).then((reply) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      parentPort.postMessage(reply);
    });
  });
} else {
  process.on('message', (message) => {
    void perform(nativeRequest.parse(message)).then((reply) => process.send?.(reply));
  });
}
// The app is gone. Ending in the usual way would wait for a call that hangs.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
