import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { DeviceCursor } from '../../preload/contract/device.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Output } from '../../preload/contract/methods.ts';
import type { Result } from '../../preload/contract/result.ts';
import { useBridge } from '../parts/bridge-context.ts';
import { createPacedWatch } from './paced-watch.ts';

/** ms between two looks, while texts come one after the other */
const lookEvery = 250;

interface Wanted {
  readonly find: string;
  readonly limit: number;
  /** Where the page before ended; null: from the newest. */
  readonly before: DeviceCursor | null;
  /** Of the stored rows: another one means to ask again. */
  readonly revision: number;
}

/** A page of devices, and which one it is: what was asked for may be another by now. */
export interface DevicesAnswer {
  readonly wanted: Wanted;
  readonly page: Result<Output<'devices.page'>, PublicError>;
}

/** A page of the devices that are asked for, asked again whenever stored rows change; null until the first answer. */
export function useDevices({ find, limit, before, revision }: Wanted): DevicesAnswer | null {
  const bridge = useBridge();
  const watch = useMemo(
    () =>
      createPacedWatch(
        async (wanted: Wanted): Promise<DevicesAnswer> => {
          const { find, limit, before } = wanted;
          return { wanted, page: await bridge.call('devices.page', { find, limit, before }) };
        },
        () => new Promise((resolve) => setTimeout(resolve, lookEvery)),
      ),
    [bridge],
  );
  useEffect(() => watch.want({ find, limit, before, revision }), [watch, find, limit, before, revision]);
  return useSyncExternalStore(watch.subscribe, watch.answer);
}
