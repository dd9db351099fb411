import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../../main/simulator/server.ts';
import { end } from '../fakes/bus-daemon.ts';
import { debuggingPort, evaluateIn } from './session/page.ts';
import { type Session, startSession } from './session/session.ts';
import { type SmokeApp, smoke } from './smoke-steps.ts';

/*
 * For a Linux machine with Electron's binary: `npm run build && npm run smoke:electron`, or with the path of a packaged
 * app: `npm run smoke:electron -- dist/linux-unpacked/thingspace-sms-tray`. The screen (Xvfb), the D-Bus session, the
 * tray and the notification daemon are of its own; ThingSpace is the simulator.
 */

const root = join(import.meta.dirname, '..', '..');

interface Executable {
  readonly path: string;
  /** What comes before the app's own arguments: the app itself, where the program is Electron alone. */
  readonly first: readonly string[];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function developmentElectron(): Executable | null {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const path = existsSync(pathFile) ? join(folder, 'dist', readFileSync(pathFile, 'utf8').trim()) : null;
  return path !== null && existsSync(path) ? { path, first: [root] } : null;
}

/** Why it cannot run here, or what runs. */
function findExecutable(given: string | undefined): string | Executable {
  if (process.platform !== 'linux')
    return 'This test makes a desktop session of its own, which it can do on Linux only.';
  const absent = ['Xvfb', 'dbus-daemon', 'dbus-send'].filter((name) => spawnSync('which', [name]).status !== 0);
  if (absent.length > 0) return `${absent.join(', ')} missing: apt-get install xvfb dbus libnotify4 libsecret-1-0`;
  if (given !== undefined) return existsSync(given) ? { path: given, first: [] } : `There is no ${given}.`;
  const found = developmentElectron();
  if (found === null) return "Electron's binary is not on this machine (node_modules/electron/dist).";
  const built = existsSync(join(root, 'out', 'main', 'index.js'));
  return built ? found : 'The app is not built: npm run build.';
}

async function run({ path, first }: Executable, session: Session): Promise<void> {
  const simulator = await startSimulator({ port: 0 });
  const { appKey, appSecret, username, password } = simulator.credentials;
  const dataDirectory = join(session.folder, 'data');
  // Without a user namespace Chromium's sandbox does not start for root; it is the page that is tested elsewhere.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(path, [...first, '--hidden', '--remote-debugging-port=0', ...sandbox], {
    env: {
      ...session.environment,
      THINGSPACE_SMS_DATA_DIR: dataDirectory,
      THINGSPACE_API_BASE: simulator.origin,
      THINGSPACE_APP_KEY: appKey,
      THINGSPACE_APP_SECRET: appSecret,
      THINGSPACE_USERNAME: username,
      THINGSPACE_PASSWORD: password,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    output += words;
  });
  const app: SmokeApp = {
    ended: once(child, 'exit').then(([code]) => code as number | null),
    async shows(text) {
      const port = debuggingPort(output);
      if (port === null) return false;
      return (await evaluateIn(port, 'app:', `document.body.innerText.includes(${JSON.stringify(text)})`)) === true;
    },
  };
  try {
    await smoke(app, { session, simulator, dataDirectory, say });
  } catch (error) {
    process.stderr.write(output);
    throw error;
  } finally {
    await end(child);
    await simulator.close();
  }
}

const found = findExecutable(process.argv[2]);
if (typeof found === 'string') say(`${found} Nothing was run.`);
else {
  const session = await startSession(true);
  try {
    await run(found, session);
    say('All of it came about.');
  } finally {
    await session.close();
  }
}
