import type { SendLedger, TextPatterns } from '../core/ports.ts';
import { createBench } from './bench.ts';
import { createConfirmations } from './confirmations.ts';
import type { Context } from './context.ts';
import type { Lease } from './lease.ts';
import type { RouteTable } from './route-table.ts';
import type { SendHandlerDeps } from './send-handlers.ts';
import { createSending } from './sending.ts';

export interface SendsDeps extends Context {
  readonly ledger: SendLedger;
  readonly patterns: TextPatterns;
  readonly lease: Lease;
  readonly routes: RouteTable;
}

/** All that has to do with texts to devices. */
export interface Sends extends SendHandlerDeps {
  /** Takes up what an earlier run left. */
  begin(): Promise<void>;
  stop(): void;
}

export function openSends(deps: SendsDeps): Sends {
  const confirmations = createConfirmations(deps);
  const sending = createSending({ ...deps, confirmations });
  const bench = createBench({ ...deps, sending });
  return {
    sending,
    bench,
    sends: deps.ledger,
    async begin() {
      await sending.begin();
      await bench.begin();
    },
    stop() {
      bench.close();
      sending.stop();
    },
  };
}
