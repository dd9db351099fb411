import { join } from 'node:path';
import type { PublicError } from '../preload/contract/errors.ts';
import { fail, ok, type Result } from '../preload/contract/result.ts';
import { builtWindow } from './built-window.ts';
import type { Surroundings } from './config.ts';
import { problemReport } from './core/problem-report.ts';
import { createLogReader } from './log-reader.ts';
import { openCore } from './open-core.ts';
import type { Core } from './services/core.ts';
import { createDemoSwitch } from './services/demo-switch.ts';
import { directBridge } from './services/direct-bridge.ts';
import { askForReport } from './services/reported-core.ts';
import type { OwnedCore, RunRequest } from './terminal/command.ts';
import { appVersion } from './version.ts';
import type { WebFace } from './web/web-face.ts';

/** The core for a command that runs until it is stopped, with its windows in a browser when they are asked for. */
export async function openCommandCore(
  surroundings: Surroundings,
  request: RunRequest,
): Promise<Result<OwnedCore, PublicError>> {
  const opened = await openCore(surroundings, request);
  if (!opened.ok) return opened;
  const { core, ports } = opened.value;
  let shown: Core = { ...core, stop: () => opened.value.close() };
  let face: Promise<Result<WebFace, string>> | null = null;

  async function makeReport(): Promise<string> {
    return problemReport({
      core: await askForReport(directBridge(core)),
      log: await createLogReader(join(surroundings.dataDirectory, 'logs'))(),
      versions: { app: appVersion(), node: process.versions.node },
      platform: `${process.platform} ${process.arch}`,
      now: ports.clock.now(),
    });
  }

  async function openFace(offersDemo: boolean): Promise<Result<WebFace, string>> {
    const assets = await builtWindow();
    if (!assets.ok) return assets;
    if (offersDemo) shown = createDemoSwitch({ own: shown, openDemo: () => openDemo(surroundings) });
    const { startWebFace } = await import('./web/web-face.ts');
    const started = await startWebFace({ core: shown, assets: assets.value, clock: ports.clock, makeReport });
    return started.ok ? started : fail(started.error.message);
  }

  return ok({
    core,
    bridge: directBridge(core),
    async openWindows(choices) {
      face ??= openFace(choices?.offersDemo === true);
      const started = await face;
      return started.ok ? ok(started.value.url) : started;
    },
    async close() {
      // One that is only just opening would keep the process alive.
      const started = await face;
      if (started?.ok) await started.value.close();
      await shown.stop();
    },
  });
}

async function openDemo({ color }: Surroundings): Promise<Result<Core, PublicError>> {
  // Loaded only when it is asked for.
  const { openDemoCore } = await import('./demo-core.ts');
  return openDemoCore(color);
}
