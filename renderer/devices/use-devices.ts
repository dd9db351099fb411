import { useEffect, useMemo, useSyncExternalStore } from 'react';
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
  /** Of the stored rows: another one means to ask again. */
  readonly revision: number;
}

export type DevicesAnswer = Result<Output<'devices.page'>, PublicError>;

/** The first devices that are asked for, asked again whenever stored rows change; null until the first answer. */
export function useDevices(find: string, limit: number, revision: number): DevicesAnswer | null {
  const bridge = useBridge();
  const watch = useMemo(
    () =>
      createPacedWatch(
        (wanted: Wanted) => bridge.call('devices.page', { find: wanted.find, limit: wanted.limit }),
        () => new Promise((resolve) => setTimeout(resolve, lookEvery)),
      ),
    [bridge],
  );
  useEffect(() => watch.want({ find, limit, revision }), [watch, find, limit, revision]);
  return useSyncExternalStore(watch.subscribe, watch.answer);
}
