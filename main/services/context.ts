import type { Clock, Entropy, Log, MessageStore, ThingSpace } from '../core/ports.ts';
import type { Store } from '../core/store.ts';

/** What nearly every service works with. */
export interface Context {
  readonly state: Store;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly thingSpace: ThingSpace;
  readonly messages: MessageStore;
}
