import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { checkup, isSettled } from '../core/checkup.ts';
import type { DesktopPorts } from './ports.ts';
import { say } from './questions.ts';

const patienceMs = 15_000;

/** The first snapshot in which nothing is being tried any more, or the newest when that takes too long. */
function settledSnapshot({ core, clock }: Pick<DesktopPorts, 'clock' | 'core'>): Promise<Snapshot> {
  return new Promise((resolve) => {
    const done = (snapshot: Snapshot) => {
      end();
      cancel();
      resolve(snapshot);
    };
    const end = core.onSnapshot((snapshot) => {
      if (isSettled(snapshot)) done(snapshot);
    });
    const cancel = clock.after(patienceMs, () => {
      done(core.snapshot());
    });
  });
}

/** Tries everything anew, then says hop by hop what works. */
export async function checkEverything(ports: DesktopPorts): Promise<void> {
  const settled = settledSnapshot(ports);
  await ports.core.router.handle('window', 'app.retry', {});
  const { title, lines } = checkup(await settled);
  await say(title, lines);
}
