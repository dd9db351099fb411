import { app, dialog, shell } from 'electron';
import { problemReport, reportFileName } from '../core/problem-report.ts';
import { directBridge } from '../services/direct-bridge.ts';
import { askForReport } from '../services/reported-core.ts';
import type { DesktopPorts } from './ports.ts';

async function makeReport({ core, clock, platform, readLog }: DesktopPorts): Promise<string> {
  const { electron, chrome, node } = process.versions;
  return problemReport({
    core: await askForReport(directBridge(core)),
    log: await readLog(),
    versions: { app: app.getVersion(), electron, chrome, node },
    platform: `${platform} ${process.arch}`,
    now: clock.now(),
  });
}

/** Saves a problem report where the person says, and shows the file so that it is read before it is sent. */
export async function saveReport(ports: DesktopPorts): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: reportFileName });
  if (canceled || filePath === '') return null;
  if (!(await ports.writeFile(filePath, await makeReport(ports)))) return 'The report could not be written there.';
  shell.showItemInFolder(filePath);
  return null;
}
