import type { PublicError } from './errors.ts';
import type { Input, MethodName, Output } from './methods.ts';
import type { Result } from './result.ts';
import type { Snapshot } from './snapshot.ts';

/** All that a face has of the core. It never grows: new abilities are new methods of the contract. */
export interface Bridge {
  call<N extends MethodName>(name: N, input: Input<N>): Promise<Result<Output<N>, PublicError>>;
  /** Calls `listener` with each snapshot from now on. Returns what ends it. */
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
}
