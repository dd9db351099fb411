import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Bridge } from './contract/bridge.ts';
import type { Snapshot } from './contract/snapshot.ts';

/** All that a page gets. The core checks every call, so nothing is checked here. */
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('call', name, input),
  onSnapshot(listener) {
    const hear = (_: IpcRendererEvent, snapshot: Snapshot) => {
      listener(snapshot);
    };
    ipcRenderer.on('snapshot', hear);
    return () => {
      ipcRenderer.off('snapshot', hear);
    };
  },
};

contextBridge.exposeInMainWorld('bridge', bridge);
