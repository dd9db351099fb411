import { createServer } from 'node:net';
import { connectToOwner } from '../../main/adapters/owner.ts';
import type { Simulator } from '../../main/simulator/server.ts';
import type { Session } from './session/session.ts';
import { until } from './session/tray-host.ts';

/* What `npm run smoke:electron` does with the app once it runs in a session of its own, step by step. */

export interface SmokeApp {
  /** Resolves to the exit code. */
  readonly ended: Promise<number | null>;
  /** Whether the window shows this text of a device. */
  shows(text: string): Promise<boolean>;
}

export interface SmokePlace {
  readonly session: Session;
  readonly simulator: Simulator;
  readonly dataDirectory: string;
  readonly say: (line: string) => void;
}

const text = 'Door open <now> & here';

/** Ports that ThingSpace calls, so that the way in is the real one; null where all are taken. */
async function freePort(): Promise<number | null> {
  for (let port = 50_551; port <= 50_559; port += 1) {
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
  return null;
}

/** As "thingspace-sms accounts add" does: another program of the same user tells the running app. */
async function addAccount(dataDirectory: string, account: string): Promise<void> {
  const owner = await until(() => connectToOwner(dataDirectory), 'the app answers other programs of the user');
  try {
    const port = await freePort();
    const wayIn = port === null ? {} : { publicUrl: `http://127.0.0.1:${port}`, listenerPort: port };
    for (const answer of [
      await owner.call('settings.change', wayIn),
      await owner.call('account.add', { account, mode: 'auto' }),
    ]) {
      if (!answer.ok) throw new Error(answer.error.message);
    }
    await until(async () => {
      const now = await owner.call('snapshot.get', {});
      const state = now.ok ? now.value.accounts[0]?.state : undefined;
      return state === 'live' || state === 'polling' ? state : null;
    }, `${account} listens`);
  } finally {
    owner.close();
  }
}

/** From the tray to ThingSpace, and back to notification and window. Throws at the first step that does not come about. */
export async function smoke(app: SmokeApp, { session, simulator, dataDirectory, say }: SmokePlace): Promise<void> {
  const account = simulator.accounts[0] ?? '';
  const tray = await session.tray.item();
  const [first] = await tray.menu();
  if (!first || first.label === '' || first.enabled) throw new Error('the first menu line does not tell the state');
  say(`The tray icon is there. Its tooltip: ${tray.tooltip}`);
  say(`The first line of its menu: ${first.label}`);

  await addAccount(dataDirectory, account);
  say(`${account} listens.`);

  const starts = () => simulator.requests().filter(({ route }) => route === 'start-callbacks').length;
  const before = starts();
  await tray.click(account, 'Start callbacks');
  await until(() => (starts() > before ? true : null), 'ThingSpace is asked to start callbacks');
  say('A click on Start callbacks in the tray menu reached ThingSpace.');

  const [device] = simulator.devices();
  simulator.deviceTexts(account, { deviceIds: device?.deviceIds ?? [], text });
  const notification = await session.notifications.find(({ body }) => body.includes('Door open'), 'for the text');
  if (notification.body.includes('<')) throw new Error('the text was handed on as markup');
  say(`A device texted, and a notification told of it: ${notification.title}: ${notification.body}`);

  session.notifications.click(notification.id);
  await until(async () => ((await app.shows(text)) ? true : null), 'the window shows the text');
  say('A click on it opened the window, which shows the text.');

  await tray.click('Quit');
  const code = await app.ended;
  if (code !== 0) throw new Error(`the app ended with ${code}`);
  const left = simulator.registrations(account);
  if (left.length > 0) throw new Error('a callback was left behind');
  say('A click on Quit ended the app, and it gave its callback back.');
}
