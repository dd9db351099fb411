import type { PublicError } from '../preload/contract/errors.ts';
import { fail, ok, type Result } from '../preload/contract/result.ts';
import { createDemoFolder, openDemo } from './demo-setting.ts';
import { openCore, type PortChoices } from './open-core.ts';
import type { Core } from './services/core.ts';

/** Texts per second over all sample devices. */
const demoRate = 1;

/** A core on the built-in simulator, whose devices text once it starts. Stopping it removes `folder`. */
export async function openDemoCore(
  color: boolean,
  choices: PortChoices = {},
  folder?: string,
): Promise<Result<Core, PublicError>> {
  try {
    const demo = await openDemo(folder ?? createDemoFolder(), color);
    const opened = await openCore(demo.surroundings, demo.request, choices);
    if (!opened.ok) {
      await demo.close();
      return opened;
    }
    const { core } = opened.value;
    return ok({
      ...core,
      start() {
        core.start();
        demo.simulator.startDevices({ rate: demoRate });
      },
      async stop() {
        await opened.value.close();
        await demo.close();
      },
    });
  } catch (error) {
    // What the system refuses has a code; anything else is an error of ours.
    if (!(error instanceof Error && 'code' in error)) throw error;
    const message = `The simulator could not be started: ${error.message}. Make room for temporary files, and try again.`;
    return fail({ code: 'storage-failed', message, service: null });
  }
}
