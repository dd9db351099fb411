import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { createPacedWatch } from '../devices/paced-watch.ts';
import { useBridge } from '../parts/bridge-context.ts';
import { most, type NamedDevice, soughtDevice } from './completion.ts';
import { identifiersInOrder } from './device.ts';

/** ms between two questions, while one types */
const askEvery = 150;
const none: readonly NamedDevice[] = [];

export interface SoughtDevices {
  readonly devices: readonly NamedDevice[];
  /** `none`: no device is called so. `waiting`: those of what was typed before stand there still. */
  readonly state: 'not-sought' | 'waiting' | 'found' | 'none';
}

/** The devices that the last word of a search may mean, asked for as it is typed. */
export function useSoughtDevices(query: string): SoughtDevices {
  const bridge = useBridge();
  const watch = useMemo(
    () =>
      createPacedWatch(
        async (find: string) => {
          const page = await bridge.call('devices.page', { find, texted: true, limit: most });
          const rows = page.ok ? page.value.devices : [];
          return {
            find,
            devices: rows.map(({ nickname, serviceName, deviceIds }) => ({
              names: [nickname, serviceName].filter((name) => name !== null),
              ids: identifiersInOrder(deviceIds),
            })),
          };
        },
        () => new Promise((resolve) => setTimeout(resolve, askEvery)),
      ),
    [bridge],
  );
  const sought = soughtDevice(query);
  useEffect(() => {
    if (sought !== null) watch.want(sought);
  }, [watch, sought]);
  const answer = useSyncExternalStore(watch.subscribe, watch.answer);
  const devices = answer?.devices ?? none;
  if (sought === null) return { devices, state: 'not-sought' };
  if (answer?.find !== sought) return { devices, state: 'waiting' };
  return { devices, state: devices.length > 0 || sought === '' ? 'found' : 'none' };
}
