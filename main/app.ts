import type { AppConfig, ForwardConfig, Ports } from './app-ports.ts';
import { textWithoutSecrets } from './core/callback-body.ts';
import { defaultIntervals } from './core/plan.ts';
import type { SettingsStore } from './core/ports.ts';
import { createStore, type Store } from './core/store.ts';
import { rememberRun } from './services/alive.ts';
import { createCatchUp } from './services/catch-up.ts';
import { createConductor } from './services/conductor.ts';
import type { Context } from './services/context.ts';
import type { Core, Happening } from './services/core.ts';
import { createCredentialsKeeper } from './services/credentials.ts';
import { createExamination } from './services/examination.ts';
import { createForwardSecret } from './services/forward-secret.ts';
import { createForwarding, type Forwarding } from './services/forwarding.ts';
import { createHandlers } from './services/handlers.ts';
import { createInbox, type Inbox, secretsOf } from './services/inbox.ts';
import { createLease, type Lease } from './services/lease.ts';
import { narrate } from './services/narrator.ts';
import { openSends } from './services/open-sends.ts';
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
import { checkStoreDaily } from './services/store-check.ts';
import { createTimeline } from './services/timeline.ts';
import { watchForSleep } from './services/watchdog.ts';
import { createWayIn, type WayInChoices } from './services/way-in.ts';
import { createWishes } from './services/wishes.ts';

export type { AppConfig, Ports } from './app-ports.ts';

export interface App extends Core {
  /**
   * For a core that is only asked, in place of `start`: tells what could not be read, and counts what is stored. Resolves
   * to the number of the newest text; null where the store cannot be read.
   */
  look(): Promise<number | null>;
}

/** Puts the app together. Nothing happens before `start` or `look`. */
export function createApp(ports: Ports, config: AppConfig): App {
  const { clock, entropy, log, messages, settings, reach } = ports;
  const state = createStore();
  const listeners = new Set<(happening: Happening) => void>();
  const tell = (happening: Happening): void => {
    for (const listener of listeners) listener(happening);
  };

  const { credentials, thingSpace } = openSignIn(ports, config);
  const context = { state, clock, entropy, log, thingSpace, messages };

  const lease = openLease(ports, state);
  const routes = createRouteTable({
    keychain: ports.keychain,
    entropy,
    state,
    hostName: config.hostName,
    keepNothing: config.environmentCredentials !== null,
  });
  const sends = openSends({ ...context, ledger: ports.sends, patterns: ports.patterns, lease, routes });
  const inbox = createInbox({
    ...context,
    report: (report) => sends.sending.report(report),
    onDelivery: (delivery) => tell({ type: 'delivery', delivery }),
  });
  const wayIn = createWayIn({
    ...context,
    listener: ports.listener,
    probe: ports.probe,
    tunnels: ports.tunnels,
    routes,
    hooks: { receive: (callback) => inbox.receive(callback), refused: refusedBy(inbox, routes) },
    choices: () => wayInChoices(settings, config),
  });
  const registration = createRegistrationKeeper({ ...context, lease, routes });
  const catchUp = createCatchUp(context);
  const perform = createPerformer({ ...context, wayIn, registration, catchUp });
  const conductor = createConductor({
    state,
    clock,
    log,
    intervals: () => ({ ...defaultIntervals, sweep: settings.read().sweepMinutes * 60_000, ...config.intervals }),
    perform,
  });
  const timeline = createTimeline(ports.timeline, clock);
  listeners.add((happening) => timeline.note(happening));
  const snapshots = createSnapshots(state, clock, config);
  const wishes = createWishes(state, settings, config.run);
  const retention = createRetention({ ...context, settings });
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
    settings,
    wishes,
    retention,
    timeline,
    examine: createExamination({ ...context, ...config, credentials, lease, settings, reach }),
    forwarding,
    tunnels: ports.tunnels,
    keychain: ports.keychain,
    loopbackAllowed: config.loopbackAllowed,
    ...sends,
  });
  const router = createRouter(handlers, log);
  const woke = (since: number): void => state.dispatch({ type: 'woke', since });
  const ends: (() => void)[] = [];

  function look(): Promise<number | null> {
    ends.push(() => snapshots.close(), narrate(state, tell));
    tellSetAsides(ports, state);
    return count(context);
  }

  const stop = createShutdown({
    state,
    clock,
    abandon: () => ports.api.close(),
    async close() {
      conductor.stop();
      for (const end of ends.reverse()) end();
      sends.stop();
      await wayIn.close(500);
      await forwarding.stop(500);
      await messages.close();
    },
  });

  return {
    router,
    snapshot: () => snapshots.current(),
    settings: () => settings.read(),
    onSnapshot: (listener) => snapshots.subscribe(listener),
    onHappening(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    woke: () => woke(clock.now()),
    look,
    start() {
      void look().then((newest) => {
        if (newest !== null) void forwarding.begin(newest);
        if (newest !== null) void sends.begin();
        conductor.start();
      });
      ends.push(watchForSleep(clock, woke));
      for (const account of lease.accounts()) state.dispatch({ type: 'claim-found', account });
      ports.tunnels.endLeftovers();
      wishes.begin();
      ends.push(rememberRun(state, clock, ports), retention.begin(), checkStoreDaily(context));
    },
    stop,
  };
}

async function count({ messages, state, clock }: Context): Promise<number | null> {
  const counts = await messages.counts();
  if (counts.ok) state.dispatch({ type: 'counts-read', counts: counts.value });
  else state.dispatch({ type: 'storage-failed', failure: counts.error, at: clock.now() });
  return counts.ok ? counts.value.newest : null;
}

/** Who signs in at ThingSpace with what, behind the one guard against locking the user. */
function openSignIn({ signIns, slowHash, entropy, log, keychain, api, clock }: Ports, config: AppConfig) {
  const guard = createSignInGuard({ records: signIns, hash: slowHash, randomSalt: () => entropy.token(), log });
  const credentials = createCredentialsKeeper({ keychain, environment: config.environmentCredentials, guard });
  const { advice } = credentials;
  const thingSpace = createSession({ api, credentials: () => credentials.read(), advice, guard, clock, log });
  return { credentials, thingSpace };
}

function openLease(
  { claims, displacedPasswords, displacedPasswordsPath, keychain, entropy }: Ports,
  state: Store,
): Lease {
  return createLease({
    claims,
    passwordFile: displacedPasswords,
    passwordFilePath: displacedPasswordsPath,
    keychain,
    entropy,
    tell: (problem) => state.dispatch({ type: 'told', problem }),
  });
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
    const secrets = route ? secretsOf(route) : [];
    inbox.refused(reason, account, textWithoutSecrets(bodyStart, secrets));
  };
}
