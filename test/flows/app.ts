import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Core, Happening } from '../../main/services/core.ts';
import type { Simulator } from '../../main/simulator/server.ts';
import type { FakeClock } from '../fakes/clock.ts';
import { type AppOptions, openClockedApp } from './clocked-app.ts';

export interface RunningApp {
  readonly core: Core;
  readonly clock: FakeClock;
  readonly happenings: readonly Happening[];
  /** Lets the app's time pass in small steps, and real answers come in between, until `condition` holds. */
  until(condition: () => boolean, what?: string): Promise<void>;
  stateOf(account: string): string | undefined;
  texts(): readonly string[];
}

/** The whole app in this process against the simulator: real store, listener and HTTP, but a clock that the test moves. */
export async function startApp(simulator: Simulator, options: AppOptions): Promise<RunningApp> {
  const { core, clock, close } = await openClockedApp(simulator, options);
  const happenings: Happening[] = [];
  core.onHappening((happening) => happenings.push(happening));
  onTestFinished(async () => {
    const stopped = core.stop().then(() => 'stopped');
    while ((await Promise.race([stopped, pause(2)])) !== 'stopped') await clock.advance(100);
    await close();
  });
  core.start();

  return {
    core,
    clock,
    happenings,
    async until(condition, what = 'the condition') {
      const deadline = Date.now() + 20_000;
      while (!condition()) {
        if (Date.now() > deadline) throw new Error(`${what} did not come: ${core.snapshot().sentence}`);
        await clock.advance(20);
        await pause(2);
      }
    },
    stateOf: (account) => core.snapshot().accounts.find(({ name }) => name === account)?.state,
    texts: () => happenings.flatMap((happening) => (happening.type === 'message' ? [happening.message.text] : [])),
  };
}
