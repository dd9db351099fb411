import { fileURLToPath } from 'node:url';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Clock, Document, Keychain, KeychainFailure, Log, StartHelper } from '../core/ports.ts';
import { createSecret, type Secret } from '../core/secret.ts';
import { createNative, forkHelper, type Native } from './keychain/native.ts';
import type { NativeReply, NativeRequest } from './keychain/protocol.ts';

export interface KeychainOptions {
  /** Names of the secrets that were stored: a locked keychain gives nothing, as if there were none. */
  readonly record: Document<readonly string[]>;
  readonly clock: Clock;
  readonly log: Log;
  /** Path of the program that makes the native calls (keychain/helper.ts), where it is not beside this file. */
  readonly helperPath?: string;
  /** How that program is started; Electron has a way of its own. */
  readonly startHelper?: StartHelper;
  readonly timeoutMs?: number;
}

export interface ClosableKeychain extends Keychain {
  /** Ends the helper process. A later call starts it again. */
  close(): void;
}

type Answer = boolean | string | null;

const standardTimeoutMs = 3000;
const withoutOne =
  'Without one, credentials can be given for one run by the environment (THINGSPACE_APP_KEY, THINGSPACE_APP_SECRET, THINGSPACE_USERNAME, THINGSPACE_PASSWORD; for a tunnel THINGSPACE_TUNNEL_SECRET).';
const inTheMeantime =
  'Until then, credentials can be given for one run by the environment (THINGSPACE_APP_KEY, THINGSPACE_APP_SECRET, THINGSPACE_USERNAME, THINGSPACE_PASSWORD; for a tunnel THINGSPACE_TUNNEL_SECRET).';

const missing = (why: string): KeychainFailure => ({ kind: 'missing', message: `${why} ${withoutOne}` });
const locked = (why: string): KeychainFailure => ({ kind: 'locked', message: `${why} ${inTheMeantime}` });

const unanswered = locked('The keychain did not answer: it may be asking for its password in a window. Unlock it.');
const silent = locked(
  'The keychain does not give what is stored in it, so it is probably locked. Unlock it, or save again.',
);

/** What libsecret, the macOS and the Windows keychain say when they cannot serve, in our words. */
function failureFrom(reply: Exclude<NativeReply, { kind: 'done' }>): KeychainFailure {
  if (reply.kind === 'not-loaded') {
    return missing(
      'No keychain can be used: its library is missing. On Debian and Ubuntu install libsecret-1-0 and gnome-keyring.',
    );
  }
  if (/autolaunch|D-?Bus.*(address|connect)|Could not connect/i.test(reply.message)) {
    return missing(
      'There is no keychain here, because there is no D-Bus session: this is usual on servers and over ssh.',
    );
  }
  if (/not provided by any \.service files|ServiceUnknown/i.test(reply.message)) {
    return missing('No keychain is running. Install and start gnome-keyring, KWallet or KeePassXC.');
  }
  if (/locked|dismissed|cancel|interaction is not allowed/i.test(reply.message)) {
    return locked('The keychain is locked. Unlock it.');
  }
  return locked(`The keychain did not do what was asked (${reply.message}). Unlock it, or restart it.`);
}

/** Asks with a time limit. What hangs keeps the keychain busy: until it returns, nothing more is asked. */
function createLine(native: Native, clock: Clock, timeoutMs: number) {
  let last: Promise<unknown> = Promise.resolve();
  let hanging = false;

  function askNow(request: NativeRequest): Promise<Result<Answer, KeychainFailure>> {
    if (hanging) return Promise.resolve(fail(unanswered));
    return new Promise((resolve) => {
      const cancel = clock.after(timeoutMs, () => {
        hanging = true;
        native.detach();
        resolve(fail(unanswered));
      });
      void native.ask(request).then((reply) => {
        hanging = false;
        cancel();
        resolve(reply.kind === 'done' ? ok(reply.value) : fail(failureFrom(reply)));
      });
    });
  }

  return (request: NativeRequest): Promise<Result<Answer, KeychainFailure>> => {
    const turn = last.then(() => askNow(request));
    last = turn;
    return turn;
  };
}

function createRecord(record: Document<readonly string[]>, log: Log) {
  return {
    names: () => record.read(),
    has: (name: string) => record.read().includes(name),
    set(name: string, stored: boolean): void {
      const names = record.read();
      if (names.includes(name) === stored) return;
      const written = record.write(stored ? [...names, name] : names.filter((other) => other !== name));
      // Without the note a locked keychain looks empty, which does no harm to what it holds.
      if (!written.ok) log.write('warn', 'keychain-record-failed', { message: written.error.message });
    },
  };
}

/** The OS keychain through keytar, in a process of its own. */
export function createKeychain(options: KeychainOptions): ClosableKeychain {
  // What is built of the sources (resources/node-package.ts) has other endings.
  const helper = import.meta.url.endsWith('.ts') ? './keychain/helper.ts' : './keychain/helper.js';
  const helperPath = options.helperPath ?? fileURLToPath(new URL(helper, import.meta.url));
  const native = createNative(helperPath, options.clock, options.startHelper ?? forkHelper);
  const ask = createLine(native, options.clock, options.timeoutMs ?? standardTimeoutMs);
  const record = createRecord(options.record, options.log);

  async function read(name: string): Promise<Result<Secret | null, KeychainFailure>> {
    const answer = await ask({ call: 'read', name });
    if (!answer.ok) return answer;
    if (typeof answer.value !== 'string') return record.has(name) ? fail(silent) : ok(null);
    record.set(name, true);
    return ok(createSecret(answer.value));
  }

  async function write(name: string, secret: Secret): Promise<Result<void, KeychainFailure>> {
    const answer = await ask({ call: 'write', name, value: secret.reveal() });
    if (!answer.ok) return answer;
    record.set(name, true);
    return ok(undefined);
  }

  async function remove(name: string): Promise<Result<void, KeychainFailure>> {
    const answer = await ask({ call: 'remove', name });
    if (!answer.ok) return answer;
    if (answer.value !== true && record.has(name)) {
      // Locked, or removed by someone else? Only writing tells: it fails where it is locked.
      const probe = await ask({ call: 'write', name, value: 'removed' });
      if (!probe.ok) return probe;
      const again = await ask({ call: 'remove', name });
      if (!again.ok) return again;
    }
    record.set(name, false);
    return ok(undefined);
  }

  return { read, write, remove, recorded: record.names, close: () => native.close() };
}
