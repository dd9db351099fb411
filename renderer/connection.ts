import type { Bridge } from '../preload/contract/bridge.ts';

/** `lost`: nothing answers. `refused`: something answers, but not to this page: its session is over. */
export type ConnectionState = 'open' | 'lost' | 'refused';

/** The bridge and whether it stands. In the desktop window it always does. */
export interface Connection {
  readonly bridge: Bridge;
  readonly state: () => ConnectionState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly retry: () => void;
  /** Whether the page can open others, as a browser's can. */
  readonly opensLinks: boolean;
}

export function steadyConnection(bridge: Bridge): Connection {
  return { bridge, state: () => 'open', subscribe: () => () => undefined, retry: () => undefined, opensLinks: false };
}
