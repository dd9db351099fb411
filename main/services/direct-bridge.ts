import type { Bridge } from '../../preload/contract/bridge.ts';
import type { Core } from './core.ts';

/** The contract without a wire between. The router parsed the input and made the answer that the contract promises. */
export function directBridge(core: Core): Bridge {
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    call: (name, input) => core.router.handle('terminal', name, input) as ReturnType<Bridge['call']> as never,
    onSnapshot: (listener) => core.onSnapshot(listener),
  };
}
