import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { StorageFailure } from '../core/failure.ts';
import type { SendLedger } from '../core/ports.ts';
import type { Bench } from './bench.ts';
import { type Handlers, refusal } from './router.ts';
import type { Sending } from './sending.ts';

export interface SendHandlerDeps {
  readonly sending: Sending;
  readonly sends: SendLedger;
  readonly bench: Bench;
}

type Names = 'message.send' | 'sends.page' | 'sends.get' | 'sends.stopWaiting' | `bench.${'start' | 'stop' | 'runs'}`;

/** What faces can ask about texts to devices. */
export function sendHandlers({ sending, sends, bench }: SendHandlerDeps): Pick<Handlers, Names> {
  const unknown = (id: number) => fail(refusal('not-found', `There is no sent text with the number ${id}.`));
  return {
    async 'message.send'(request) {
      const sent = await sending.send(request);
      return sent.ok ? ok({ requestId: sent.value.requestId ?? '', send: sent.value }) : sent;
    },
    async 'sends.page'(asked) {
      const found = shown(await sends.page(asked));
      return found.ok ? ok({ sends: found.value }) : found;
    },
    async 'sends.get'({ id }) {
      const found = shown(await sends.find(id));
      if (!found.ok) return found;
      return found.value ? ok(found.value) : unknown(id);
    },
    async 'sends.stopWaiting'({ id }) {
      const stopped = await sending.stopWaiting(id);
      return stopped ? ok(stopped) : unknown(id);
    },
    'bench.start': (request) => bench.start(request),
    async 'bench.stop'({ id }) {
      const run = bench.stop(id);
      return run ? ok(run) : fail(refusal('not-found', 'That bench does not run (any more).'));
    },
    async 'bench.runs'({ limit }) {
      const found = shown(await sends.benches(limit));
      return found.ok ? ok({ runs: found.value }) : found;
    },
  };
}

function shown<T>(result: Result<T, StorageFailure>) {
  return result.ok ? result : fail(refusal('storage-failed', result.error.message));
}
