import { createContext, useContext, useEffect, useRef } from 'react';
import type { PublicError } from '../../preload/contract/errors.ts';

/** What was done, in words, or why it was not; nothing where the window shows it by itself. */
export type ActionOutcome = string | { readonly failure: PublicError } | void;

/** One thing that can be done now, as the palette lists it. */
export interface OfferedAction {
  /** Stable while it is offered: `account 0000123456-00001 drain`. */
  readonly id: string;
  /** A verb and its object, as a button has them. */
  readonly title: string;
  /** What it is about, such as an account's name. */
  readonly about?: string;
  /** The key that does the same. */
  readonly keys?: string;
  readonly run: () => ActionOutcome | Promise<ActionOutcome>;
}

type Offer = () => readonly OfferedAction[];

/** Every action of the window, by the part that offers it. What is offered is asked for only when it is listed. */
export interface ActionBook {
  /** Returns what takes the offer back. */
  readonly offer: (offer: Offer) => () => void;
  readonly all: Offer;
}

export function createActionBook(): ActionBook {
  const offers = new Set<Offer>();
  return {
    offer: (offer) => {
      offers.add(offer);
      return () => offers.delete(offer);
    },
    all: () => [...offers].flatMap((offer) => offer()),
  };
}

export const ActionBookContext = createContext<ActionBook | null>(null);

/** Offers these in the palette as long as the part is shown. */
export function useOfferedActions(offer: Offer): void {
  const book = useContext(ActionBookContext);
  const latest = useRef(offer);
  useEffect(() => {
    latest.current = offer;
  });
  useEffect(() => book?.offer(() => latest.current()), [book]);
}
