import type { PublicError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Core } from './core.ts';
import { createRelay } from './relay.ts';
import { refusal } from './router.ts';

export interface DemoSwitchDeps {
  /** The core of the person's own accounts, which goes on while the demo is shown. */
  readonly own: Core;
  /** A core on the built-in simulator, not started yet; stopping it removes what it kept. */
  readonly openDemo: () => Promise<Result<Core, PublicError>>;
}

/** What would write to the keychain or the accounts of the person: in the demo it is a mistake. */
const notInDemo: readonly string[] = [
  'account.add',
  'credentials.save',
  'credentials.clear',
  'tunnel.saveSecret',
  'tunnel.clearSecret',
];

const leaveFirst = refusal(
  'not-allowed',
  'This is the simulator, where nothing is set up for good. Leave it first, then set up your own account.',
);

/** Choices of the look, which the demo takes over. */
const looks = ['theme', 'density', 'notifications', 'language'];

/**
 * A core for windows that shows either the person's own accounts or, when they ask for it, a demo in their place.
 * Snapshots of both are numbered as one row, so that a window takes each change for the newest.
 */
export function createDemoSwitch({ own, openDemo }: DemoSwitchDeps): Core {
  const relay = createRelay(own, (snapshot, of) => ({ ...snapshot, demo: of === own ? 'offered' : 'shown' }));
  let opening: Promise<Result<Core, PublicError>> | null = null;
  let stopped = false;

  async function enter(): Promise<Result<unknown, PublicError>> {
    if (relay.shown() !== own) return ok({});
    opening ??= openDemo();
    const opened = await opening;
    opening = null;
    if (!opened.ok) return opened;
    if (stopped) await opened.value.stop();
    // Another window may have asked for it as well.
    else if (relay.shown() === own) await begin(opened.value);
    return ok({});
  }

  async function begin(demo: Core): Promise<void> {
    relay.show(demo);
    demo.start();
    const chosen = Object.entries(own.settings()).filter(([name]) => looks.includes(name));
    await demo.router.handle('window', 'settings.change', Object.fromEntries(chosen));
  }

  async function leave(): Promise<Result<unknown, PublicError>> {
    const demo = relay.shown();
    if (demo === own) return ok({});
    relay.show(own);
    await demo.stop();
    return ok({});
  }

  return {
    ...relay.face,
    router: {
      async handle(caller, name, input) {
        if (caller === 'window' && name === 'demo.enter') return enter();
        if (caller === 'window' && name === 'demo.leave') return leave();
        if (relay.shown() !== own && notInDemo.includes(name)) return fail(leaveFirst);
        return relay.face.router.handle(caller, name, input);
      },
    },
    woke: () => own.woke(),
    start: () => own.start(),
    async stop() {
      stopped = true;
      await opening;
      await leave();
      await own.stop();
    },
  };
}
