import { join } from 'node:path';
import type { z } from 'zod';
import type { PublicError } from '../preload/contract/errors.ts';
import { fail, ok, type Result } from '../preload/contract/result.ts';
import { createCallbackListener } from './adapters/callback-listener.ts';
import { createClock } from './adapters/clock.ts';
import { openDocument, openNotes } from './adapters/document.ts';
import {
  claims,
  displacedPasswords,
  gaps,
  keychainRecord,
  knownHosts,
  listening,
  signInRecords,
  timeline,
  tunnelChildren,
} from './adapters/document-schemas.ts';
import { createEntropy } from './adapters/entropy.ts';
import { fingerprint } from './adapters/fingerprint.ts';
import { folderTrouble } from './adapters/folder.ts';
import { createForwarder } from './adapters/forward.ts';
import { createKeychain } from './adapters/keychain.ts';
import { createFileLog } from './adapters/log.ts';
import { openMessageStore } from './adapters/message-db/store.ts';
import { joinNetwork, noProxies, type Proxies, proxyEnvironment } from './adapters/network.ts';
import { createProbe } from './adapters/probe.ts';
import { createServiceReach } from './adapters/service-reach.ts';
import { createSettingsStore } from './adapters/settings.ts';
import { createTextPatterns } from './adapters/text-patterns.ts';
import { createThingSpaceApi } from './adapters/thingspace/client.ts';
import { createTunnels, type TunnelSurroundings } from './adapters/tunnel/tunnels.ts';
import type { Ports } from './app.ts';
import type { Document, StartHelper } from './core/ports.ts';

export interface RealPortsOptions {
  readonly dataDirectory: string;
  readonly apiBase: string;
  readonly settingsBackend: 'file' | 'electron-store';
  readonly tunnels: TunnelSurroundings;
  /** Left out: none. */
  readonly proxies?: Proxies;
  /** Where the bundler put what runs beside the main thread; left out when running from the sources. */
  readonly storeWorker?: URL;
  readonly keychainHelper?: { readonly path: string; readonly start: StartHelper };
}

export interface RealPorts extends Ports {
  /** Ends what `Core.stop` does not own, and waits a moment for what is still being noted. */
  close(): Promise<void>;
}

const displacedPasswordsName = 'displaced-passwords.json';
/** Notes that a slow disk still holds up after so long (milliseconds) are lost. */
const settleMs = 500;

/** The real adapters, in a data directory that this process owns. A failure is one that the user can do something about. */
export async function openRealPorts(options: RealPortsOptions): Promise<Result<RealPorts, PublicError>> {
  const { dataDirectory } = options;
  const clock = createClock();
  const inDirectory = (name: string): string => join(dataDirectory, name);
  const documentsSetAside: string[] = [];
  const document = <T>(name: string, schema: z.ZodType<T>, fallback: T): Document<T> => {
    const opened = openDocument(inDirectory(name), schema, fallback, clock);
    if (opened.setAside !== null) documentsSetAside.push(opened.setAside);
    return opened;
  };
  try {
    const proxies = options.proxies ?? noProxies;
    joinNetwork(proxies, options.apiBase);
    const log = createFileLog({ directory: inDirectory('logs'), clock });
    const settings = await createSettingsStore({ directory: dataDirectory, backend: options.settingsBackend, clock });
    const keychain = createKeychain({
      record: document('keychain-record.json', keychainRecord, []),
      clock,
      log,
      ...(options.keychainHelper === undefined
        ? {}
        : { helperPath: options.keychainHelper.path, startHelper: options.keychainHelper.start }),
    });
    const notes = {
      timeline: openNotes(inDirectory('timeline.json'), timeline, [], { clock, log }),
      listening: openNotes(inDirectory('listening.json'), listening, null, { clock, log }),
      gaps: openNotes(inDirectory('gaps.json'), gaps, {}, { clock, log }),
    };
    let setAsideLater = (_path: string): void => {};
    const opened = await openMessageStore({
      directory: dataDirectory,
      now: () => clock.now(),
      onSetAside: (path) => setAsideLater(path),
      ...(options.storeWorker === undefined ? {} : { workerUrl: options.storeWorker }),
    });
    if (!opened.ok) return fail({ code: 'storage-failed', message: opened.error.message, service: null });
    return ok({
      clock,
      entropy: createEntropy(),
      log,
      keychain,
      settings,
      claims: document('claims.json', claims, []),
      displacedPasswords: document(displacedPasswordsName, displacedPasswords, {}),
      displacedPasswordsPath: inDirectory(displacedPasswordsName),
      signIns: document('sign-ins.json', signInRecords, []),
      ...notes,
      slowHash: fingerprint,
      api: createThingSpaceApi({ apiBase: options.apiBase, clock }),
      listener: createCallbackListener(clock),
      reach: createServiceReach(options.apiBase, clock, proxyEnvironment(proxies)),
      probe: createProbe(proxyEnvironment(proxies)),
      tunnels: createTunnels({
        ...options.tunnels,
        keychain,
        knownHosts: document('known-hosts.json', knownHosts, {}),
        children: document('tunnel-children.json', tunnelChildren, []),
        clock,
        log,
      }),
      forwarder: createForwarder(clock),
      forwards: opened.value.forwards,
      sends: opened.value.sends,
      patterns: createTextPatterns(),
      messages: opened.value.store,
      messagesSetAside: opened.value.setAside,
      documentsSetAside,
      onMessagesSetAside(listener) {
        setAsideLater = listener;
      },
      async close() {
        keychain.close();
        const settled = Promise.all(Object.values(notes).map((each) => each.settled()));
        await Promise.race([settled, new Promise<void>((resolve) => clock.after(settleMs, resolve))]);
      },
    });
  } catch (error) {
    // What the system refuses has a code; anything else is an error of ours.
    if (!(error instanceof Error && 'code' in error)) throw error;
    return fail({ code: 'storage-failed', message: folderTrouble(dataDirectory, error), service: null });
  }
}
