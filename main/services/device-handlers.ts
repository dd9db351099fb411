import type { PublicError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ServiceFailure, StorageFailure } from '../core/failure.ts';
import type { ListedDevice } from '../core/ports.ts';
import { answered, shown } from './answers.ts';
import type { Context } from './context.ts';
import { type Handlers, refusal } from './router.ts';

type Part = Pick<Handlers, Extract<keyof Handlers, `devices.${string}`>>;

/** Pages of 500 that are asked for at most: a list that goes on for ever is not followed. */
const mostPages = 1000;

/** What faces can ask of devices. */
export function deviceHandlers({
  messages,
  thingSpace,
  state,
}: Pick<Context, 'messages' | 'thingSpace' | 'state'>): Part {
  /** Rows show names, and the rail counts: windows fetch both again. */
  async function tellChange(): Promise<void> {
    const counts = await messages.counts();
    if (counts.ok) state.dispatch({ type: 'counts-read', counts: counts.value });
  }

  async function list(account: string): Promise<Result<readonly ListedDevice[], ServiceFailure>> {
    const devices: ListedDevice[] = [];
    let after: string | null = null;
    for (let page = 0; page < mostPages; page++) {
      const asked = await thingSpace.devices(account, after);
      if (!asked.ok) return asked;
      devices.push(...asked.value.devices);
      const { next } = asked.value;
      if (next === null || next === after) break;
      after = next;
    }
    return ok(devices);
  }

  return {
    'devices.page': async (request) => shown(await messages.devices(request)),
    'devices.get': async ({ device }) => found(await messages.device(device)),
    'devices.thread': async (request) => found(await messages.thread(request)),
    async 'devices.change'(change) {
      const changed = found(await messages.changeDevice(change));
      if (changed.ok) await tellChange();
      return changed;
    },
    async 'devices.markRead'({ device }) {
      const changed = shown(await messages.markDeviceRead(device));
      if (!changed.ok) return changed;
      if (changed.value > 0) await tellChange();
      return ok({ changed: changed.value });
    },
    async 'devices.refresh'({ account }) {
      const listed = answered(await list(account));
      if (!listed.ok) return listed;
      const known = shown(await messages.listDevices(account, listed.value));
      if (!known.ok) return known;
      await tellChange();
      return ok({ listed: listed.value.length, known: known.value });
    },
  };
}

function found<T>(result: Result<T | null, StorageFailure>): Result<T, PublicError> {
  const answer = shown(result);
  if (!answer.ok) return answer;
  return answer.value === null ? fail(refusal('not-found', noDevice)) : ok(answer.value);
}

const noDevice =
  'No such device is known here. A device is known once it has texted, or after its account was asked for its devices.';
