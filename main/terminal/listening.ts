import type { Bridge } from '../../preload/contract/bridge.ts';
import type { AccountView, Snapshot } from '../../preload/contract/snapshot.ts';
import type { CommandContext } from './command.ts';
import { endingWhenAsked } from './ending-session.ts';
import { failed } from './failing.ts';
import { type ExitCode, exit, exitCodeOf } from './io.ts';

/** How often the queue is looked at where nothing is pushed (milliseconds). */
const pollMs = 15_000;
const pollOnLoopbackMs = 1000;
/** Before a command goes on though it does not listen yet (milliseconds). */
const patienceMs = 60_000;
const lookEveryMs = 100;

/** Runs `work` while texts of the account come in: into the process that owns the data directory, or else into this one. */
export async function whileListening(
  context: CommandContext,
  account: string,
  work: (bridge: Bridge) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { terminal } = context;
  const session = await context.attach();
  if (!session.ok) return failed(context, session.error);
  const { bridge, ownerPid } = session.value;
  if (ownerPid === null) {
    await session.value.close();
    return listeningHere(context, account, work);
  }
  try {
    const snapshot = await bridge.call('snapshot.get', {});
    if (snapshot.ok && !listens(viewOf(snapshot.value, account)))
      terminal.say(
        `Process ${ownerPid} holds the data folder and does not listen to ${account} now: an answer is only seen once it does. Add the account there.`,
      );
    return await work(bridge);
  } finally {
    await session.value.close();
  }
}

async function listeningHere(
  context: CommandContext,
  account: string,
  work: (bridge: Bridge) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { terminal } = context;
  const pollIntervalMs = context.apiIsLoopback ? pollOnLoopbackMs : pollMs;
  const wishes = { accounts: [account], mode: 'auto', takeOver: false, pollIntervalMs } as const;
  const owned = await context.own({ wishes, port: null, publicUrl: null, tunnel: null });
  if (!owned.ok) return failed(context, owned.error);
  terminal.say(`Nothing here listens to ${account}, so this command does until it ends.`);
  const { core } = owned.value;
  const whole = { bridge: owned.value.bridge, ownerPid: null, close: () => owned.value.close() };
  const session = endingWhenAsked(whole, terminal.stopAsked);
  try {
    core.start();
    const view = await settled(context, () => viewOf(core.snapshot(), account));
    if (view === 'stopped') {
      terminal.say('Stopped before anything was sent.');
      return exit.failed;
    }
    if (view?.problem && exitCodeOf(view.problem.code) === exit.signIn) return await failed(context, view.problem);
    if (!listens(view))
      terminal.say(`${view?.sentence ?? ''} An answer can be missed. It is sent all the same.`.trim());
    return await work(session.bridge);
  } finally {
    terminal.status(null);
    await session.close();
  }
}

function viewOf(snapshot: Snapshot, account: string): AccountView | undefined {
  return snapshot.accounts.find(({ name }) => name === account);
}

function listens(view: AccountView | undefined): boolean {
  return view?.state === 'live' || view?.state === 'polling' || view?.state === 'degraded';
}

/** The account once it listens, needs somebody, or patience ends. */
async function settled(
  context: CommandContext,
  look: () => AccountView | undefined,
): Promise<AccountView | undefined | 'stopped'> {
  let stopped = false;
  void context.terminal.stopAsked.then(() => {
    stopped = true;
  });
  const deadline = context.now() + patienceMs;
  for (;;) {
    const view = look();
    if (stopped) return 'stopped';
    if (listens(view) || view?.state === 'needs-you' || context.now() >= deadline) return view;
    context.terminal.status(view?.sentence ?? null);
    await context.pause(lookEveryMs);
  }
}
