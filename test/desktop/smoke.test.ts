import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, onTestFailed, test } from 'vitest';
import { type Simulator, startSimulator } from '../../main/simulator/server.ts';
import type { Result } from '../../preload/contract/result.ts';
import { type RunningApp, runBuiltApp } from './running-app.ts';
import { type Session, startSession } from './session/session.ts';
import { smoke } from './smoke-steps.ts';

/*
 * The steps of `npm run smoke:electron`, with the built app, a real D-Bus and a real ThingSpace on loopback. The stand-in
 * for Electron hands its tray and notifications to the bus; only the window's page is asked of the core instead.
 */

let session: Session;
let simulator: Simulator;
let running: RunningApp | null = null;

beforeEach(async () => {
  session = await startSession(false);
  simulator = await startSimulator({ port: 0 });
});

afterEach(async () => {
  running?.kill();
  await running?.ended;
  running = null;
  await simulator.close();
  await session.close();
});

function start(dataDirectory: string): RunningApp {
  const { appKey, appSecret, username, password } = simulator.credentials;
  const environment = {
    ...session.environment,
    STAND_IN_BUS: session.environment['DBUS_SESSION_BUS_ADDRESS'] ?? '',
    THINGSPACE_SMS_DATA_DIR: dataDirectory,
    THINGSPACE_API_BASE: simulator.origin,
    THINGSPACE_APP_KEY: appKey,
    THINGSPACE_APP_SECRET: appSecret,
    THINGSPACE_USERNAME: username,
    THINGSPACE_PASSWORD: password,
  };
  return runBuiltApp(session.folder, environment, ['--hidden']);
}

/** The text of the message at which the window stands, as the window itself would ask for it. */
async function textInWindow(app: RunningApp): Promise<string | null> {
  const [window] = await app.ask<readonly { urls: readonly string[] }[]>('windows');
  const id = /#\/message\/([\w-]+)$/.exec(window?.urls.at(-1) ?? '')?.[1];
  if (id === undefined) return null;
  const answer = await app.ask<Result<{ message: { text: string } }, unknown>>('call', 'inbox.message', { id });
  return answer.ok ? answer.value.message.text : null;
}

test('every step of the smoke test comes about with the built app', { timeout: 90_000 }, async () => {
  const dataDirectory = join(session.folder, 'data');
  const app = start(dataDirectory);
  running = app;
  onTestFailed(() => void process.stderr.write(app.output()));
  const said: string[] = [];
  const shows = async (text: string) => (await textInWindow(app)) === text;
  await smoke({ ended: app.ended, shows }, { session, simulator, dataDirectory, say: (line) => void said.push(line) });
  expect(said).toHaveLength(7);
});

test('it says plainly when there is no binary', async () => {
  const script = join(import.meta.dirname, 'smoke.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, '/nowhere/thingspace-sms-tray']);
  expect(stdout).toBe('There is no /nowhere/thingspace-sms-tray. Nothing was run.\n');
});
