import { type FocusEvent, useState } from 'react';
import type { DeviceRow } from '../../preload/contract/device.ts';
import { stand } from './held-order.ts';
import type { DevicesAnswer } from './use-devices.ts';

/** Devices to show, and what the element needs that shows them. */
interface HeldOrder {
  readonly devices: readonly DeviceRow[];
  readonly holds: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: () => void;
  };
}

/** The devices of an answer. While one points at them or goes through them by keyboard, none of them moves away. */
export function useHeldOrder(answer: DevicesAnswer | null): HeldOrder {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [standing, setStanding] = useState(() => stand({ answer: null, held: false, devices: [] }, answer, false));
  const held = pointed || focused;
  const isSettled = standing.answer === answer && standing.held === held;
  const now = isSettled ? standing : stand(standing, answer, held);
  if (!isSettled) setStanding(now);
  return {
    devices: now.devices,
    holds: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      // What was only clicked on keeps the focus, though one is long elsewhere.
      onFocus: ({ target }) => setFocused(target.matches(':focus-visible')),
      onBlur: () => setFocused(false),
    },
  };
}
