import { createContext, useContext } from 'react';
import type { Bridge } from '../../preload/contract/bridge.ts';

export const BridgeContext = createContext<Bridge | null>(null);

export function useBridge(): Bridge {
  const bridge = useContext(BridgeContext);
  if (!bridge) throw new Error('There is no bridge above this part.');
  return bridge;
}
