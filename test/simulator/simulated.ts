import { onTestFinished } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../main/simulator/server.ts';
import { type Send, signIn } from './client.ts';
import { type Listener, startListener } from './listener.ts';

export const account = '0000123456-00001';
export const otherAccount = 'FIELD_DEMO-A';
export const textService = 'EnhancedConnectivityService';
export const deviceIds = [{ id: '7022895555', kind: 'mdn' }];

/** A simulator that is closed at the end of the test. */
export async function simulated(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  return simulator;
}

export interface Scene {
  readonly simulator: Simulator;
  readonly send: Send;
}

/** A simulator, and a client that has signed in to it. */
export async function scene(options: SimulatorOptions = {}): Promise<Scene> {
  const simulator = await simulated(options);
  return { simulator, send: await signIn(simulator) };
}

export function register(send: Send, url: string, further: object = {}, name = account) {
  return send('POST', `/callbacks/${name}`, { name: textService, url, ...further });
}

/** A scene with a listener that is registered for texts. */
export async function listeningScene(
  options: SimulatorOptions = {},
  respond?: Parameters<typeof startListener>[0],
): Promise<Scene & { readonly listener: Listener }> {
  const { simulator, send } = await scene(options);
  const listener = await startListener(respond);
  await register(send, listener.url);
  return { simulator, send, listener };
}

/** A clock that stands still until it is moved. */
export function movableClock(start = Date.parse('2026-11-23T12:00:00Z')) {
  let time = start;
  return {
    now: () => time,
    advance(milliseconds: number) {
      time += milliseconds;
    },
  };
}

export const minutes = (count: number): number => count * 60_000;
