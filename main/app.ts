import type { ForwardRule } from '../preload/contract/forward.ts';
import { textWithoutSecrets } from './core/callback-body.ts';
import type { Forwarder, ForwardLedger } from './core/forward.ts';
import { defaultIntervals, type Intervals } from './core/plan.ts';
import type {
  CallbackListener,
  Clock,
  Document,
  Entropy,
  Keychain,
  Log,
  MessageStore,
  Probe,
  ServiceReach,
  SettingsStore,
  SignInRecord,
  ThingSpaceApi,
  Tunnels,
} from './core/ports.ts';
import type { SnapshotFacts } from './core/project.ts';
import type { Secret } from './core/secret.ts';
import { createStore } from './core/store.ts';
import { type RunMemory, rememberRun } from './services/alive.ts';
import { createCatchUp } from './services/catch-up.ts';
import { createConductor } from './services/conductor.ts';
import type { Context } from './services/context.ts';
import type { Core, Happening } from './services/core.ts';
import { createCredentialsKeeper, type EnvironmentCredentials } from './services/credentials.ts';
import { createExamination } from './services/examination.ts';
import { createForwardSecret } from './services/forward-secret.ts';
import { createForwarding, type Forwarding } from './services/forwarding.ts';
import { createHandlers } from './services/handlers.ts';
import { createInbox, type Inbox } from './services/inbox.ts';
import { type Claim, createLease } from './services/lease.ts';
import { narrate } from './services/narrator.ts';
import { createPerformer } from './services/performer.ts';
import { createRegistrationKeeper } from './services/registration.ts';
import { createRetention } from './services/retention.ts';
import { createRouteTable, type RouteTable } from './services/route-table.ts';
import { createRouter } from './services/router.ts';
import { createSession } from './services/session.ts';
import { tellSetAsides } from './services/set-asides.ts';
import { createShutdown } from './services/shutdown.ts';
import { createSignInGuard } from './services/sign-in-guard.ts';
import { createSnapshots } from './services/snapshots.ts';
import { createTimeline } from './services/timeline.ts';
import { watchForSleep } from './services/watchdog.ts';
import { createWayIn, type WayInChoices } from './services/way-in.ts';
import { createWishes, type RunWishes } from './services/wishes.ts';

/** The outside, as the app needs it: real adapters (real-ports.ts), or fakes in tests. */
export interface Ports extends RunMemory {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly keychain: Keychain;
  readonly settings: SettingsStore;
  readonly claims: Document<readonly Claim[]>;
  readonly displacedPasswords: Document<Readonly<Record<string, string>>>;
  readonly displacedPasswordsPath: string;
  readonly signIns: Document<readonly SignInRecord[]>;
  /** Slow and one-way: what goes in is a password. */
  readonly slowHash: (salt: string, parts: readonly string[]) => string;
  readonly api: ThingSpaceApi;
  readonly listener: CallbackListener;
  readonly probe: Probe;
  readonly reach: ServiceReach;
  readonly forwarder: Forwarder;
  readonly forwards: ForwardLedger;
  readonly tunnels: Tunnels;
  readonly messages: MessageStore;
  /** Path under which an unreadable database was kept at start, or null. */
  readonly messagesSetAside: string | null;
  /** Calls with such a path when the database turns out unreadable later on. */
  readonly onMessagesSetAside: (listener: (path: string) => void) => void;
}

/** What this run was asked to be. */
export interface AppConfig extends SnapshotFacts {
  /** The accounts of this run; null: those of the settings. */
  readonly run: RunWishes | null;
  readonly environmentCredentials: EnvironmentCredentials | null;
  /** What this run says about the way in, in place of the settings. */
  readonly wayIn: Partial<Omit<WayInChoices, 'loopbackAllowed'>>;
  /** The service is on this computer: the simulator, or a test. */
  readonly loopbackAllowed: boolean;
  readonly hostName: string;
  /** Left out: nothing but what the settings say. */
  readonly forward?: ForwardConfig;
  readonly intervals?: Partial<Intervals>;
}

/** What this run sends on, besides what the settings say. */
export interface ForwardConfig {
  readonly rules: readonly ForwardRule[];
  readonly anywhere: boolean;
  /** The signing secret of this run; null: the keychain's. */
  readonly secret: Secret | null;
  /** Shows a signing secret that was made now, once. */
  readonly showSecret: (secret: Secret) => void;
}

/** Puts the app together. Nothing happens before `start`. */
export function createApp(ports: Ports, config: AppConfig): Core {
  const { clock, entropy, log, messages } = ports;
  const state = createStore();
  const listeners = new Set<(happening: Happening) => void>();
  const tell = (happening: Happening): void => {
    for (const listener of listeners) listener(happening);
  };

  const guard = createSignInGuard({
    records: ports.signIns,
    hash: ports.slowHash,
    randomSalt: () => entropy.token(),
    log,
  });
  const credentials = createCredentialsKeeper({
    keychain: ports.keychain,
    environment: config.environmentCredentials,
    guard,
  });
  const thingSpace = createSession({ api: ports.api, credentials: () => credentials.read(), guard, clock, log });
  const context = { state, clock, entropy, log, thingSpace, messages };

  const lease = createLease({
    claims: ports.claims,
    passwordFile: ports.displacedPasswords,
    passwordFilePath: ports.displacedPasswordsPath,
    keychain: ports.keychain,
    entropy,
    tell: (problem) => state.dispatch({ type: 'told', problem }),
  });
  const routes = createRouteTable({
    keychain: ports.keychain,
    entropy,
    state,
    hostName: config.hostName,
    keepNothing: config.environmentCredentials !== null,
  });
  const inbox = createInbox(context, (delivery) => tell({ type: 'delivery', delivery }));
  const wayIn = createWayIn({
    ...context,
    listener: ports.listener,
    probe: ports.probe,
    tunnels: ports.tunnels,
    routes,
    hooks: { receive: (callback) => inbox.receive(callback), refused: refusedBy(inbox, routes) },
    choices: () => wayInChoices(ports.settings, config),
  });
  const registration = createRegistrationKeeper({ ...context, lease, routes });
  const catchUp = createCatchUp(context);
  const perform = createPerformer({ ...context, wayIn, registration, catchUp });
  const conductor = createConductor({
    state,
    clock,
    log,
    intervals: () => ({ ...defaultIntervals, sweep: ports.settings.read().sweepMinutes * 60_000, ...config.intervals }),
    perform,
  });
  const timeline = createTimeline(ports.timeline, clock);
  listeners.add((happening) => timeline.note(happening));
  const snapshots = createSnapshots(state, clock, config);
  const wishes = createWishes(state, ports.settings, config.run);
  const retention = createRetention({ ...context, settings: ports.settings });
  const forwarding = openForwarding(ports, config, context, tell);
  const handlers = createHandlers({
    ...context,
    snapshot: () => snapshots.current(),
    renewSnapshot: () => snapshots.renew(),
    conductor,
    catchUp,
    registration,
    lease,
    credentials,
    settings: ports.settings,
    wishes,
    retention,
    timeline,
    examine: createExamination({
      ...context,
      credentials,
      lease,
      settings: ports.settings,
      reach: ports.reach,
      loopbackAllowed: config.loopbackAllowed,
    }),
    forwarding,
    tunnels: ports.tunnels,
    keychain: ports.keychain,
    loopbackAllowed: config.loopbackAllowed,
  });
  const router = createRouter(handlers, log);
  const woke = (since: number): void => state.dispatch({ type: 'woke', since });
  const ends: (() => void)[] = [];

  const stop = createShutdown({
    state,
    clock,
    abandon: () => ports.api.close(),
    async close() {
      conductor.stop();
      for (const end of ends.reverse()) end();
      await wayIn.close(500);
      await forwarding.stop(500);
      await messages.close();
    },
  });

  return {
    router,
    snapshot: () => snapshots.current(),
    settings: () => ports.settings.read(),
    onSnapshot: (listener) => snapshots.subscribe(listener),
    onHappening(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    woke: () => woke(clock.now()),
    start() {
      ends.push(() => snapshots.close(), narrate(state, tell), watchForSleep(clock, woke));
      tellSetAsides(ports, state);
      for (const account of lease.accounts()) state.dispatch({ type: 'claim-found', account });
      ports.tunnels.endLeftovers();
      wishes.begin();
      ends.push(rememberRun(state, clock, ports), retention.begin());
      void messages.counts().then((counts) => {
        if (counts.ok) state.dispatch({ type: 'counts-read', counts: counts.value });
        else state.dispatch({ type: 'storage-failed', failure: counts.error, at: clock.now() });
        if (counts.ok) void forwarding.begin(counts.value.newest);
        conductor.start();
      });
    },
    stop,
  };
}

function openForwarding(
  ports: Ports,
  config: AppConfig,
  context: Context,
  tell: (happening: Happening) => void,
): Forwarding {
  const { rules, anywhere, secret, showSecret } = config.forward ?? sendNothingOn;
  const { keychain, forwarder, settings } = ports;
  const keepNothing = config.environmentCredentials !== null;
  return createForwarding({
    ...context,
    ledger: ports.forwards,
    forwarder,
    secret: createForwardSecret({ keychain, forwarder, environment: secret, keepNothing, show: showSecret }),
    rules: () => [...rules, ...settings.read().forwards],
    anywhere: () => anywhere || settings.read().forwardAnywhere,
    say: (text) => tell({ type: 'note', account: null, text }),
  });
}

const sendNothingOn: ForwardConfig = { rules: [], anywhere: false, secret: null, showSecret: () => {} };

function wayInChoices(settings: SettingsStore, config: AppConfig): WayInChoices {
  const { listenerPort, publicUrl, extraHosts, tunnel } = settings.read();
  const chosen = { port: listenerPort, publicUrl, extraHosts, tunnel, ...config.wayIn };
  // A public URL for this run is in the place of a tunnel.
  const isGiven = config.wayIn.publicUrl !== undefined;
  return { ...chosen, tunnel: isGiven ? { kind: 'none' } : chosen.tunnel, loopbackAllowed: config.loopbackAllowed };
}

/** A request on a known path that was no callback is kept apart, what is secret in it cut out. */
function refusedBy(inbox: Inbox, routes: RouteTable) {
  return (reason: string, account: string | null, bodyStart: string): void => {
    const route = account === null ? null : routes.routeOf(account);
    const secrets = route ? [route.secretPath.reveal(), route.username.reveal(), route.password.reveal()] : [];
    void inbox.keepUnverified(reason, account, textWithoutSecrets(bodyStart, secrets));
  };
}
