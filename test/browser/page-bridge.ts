// Runs in the page before the window's own script: puts the fake bridge where the preload would put the real one.
import { createFakeBridge, type FakeBridge } from '../fakes/fake-bridge.ts';
import { type SceneName, scene } from './scenes.ts';

/** What the page is given before this script. */
export interface PageSetup {
  readonly sceneName: SceneName;
}

declare global {
  interface Window extends PageSetup {
    fake: FakeBridge;
  }
}

window.fake = createFakeBridge(scene(window.sceneName));
Object.assign(window, { bridge: window.fake.bridge });
