import { setTimeout as pause } from 'node:timers/promises';
import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import { fail, type Result } from '../../preload/contract/result.ts';
import type { Session } from './command.ts';

/** What is under way when stopping is asked for may still finish so long (milliseconds); closing takes the rest of the five seconds. */
const finishMs = 500;

const stopped: Result<never, PublicError> = fail({ code: 'service-failed', message: 'Stopped.', service: null });

/** The same session, but closed a moment after stopping was asked for: what still waits then, for a service that hangs, fails. */
export function endingWhenAsked(session: Session, stopAsked: Promise<void>): Session {
  const { bridge } = session;
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= session.close());
  const call = (async (name, input) => {
    const answer = await bridge.call(name, input);
    return closing !== null && !answer.ok ? stopped : answer;
  }) satisfies Bridge['call'];
  void stopAsked.then(() => pause(finishMs, undefined, { ref: false })).then(close);
  return { ...session, bridge: { ...bridge, call }, close };
}
