import { dialog } from 'electron';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { ExportTarget } from '../services/export-texts.ts';
import type { ExportOrder, ExportPlace } from '../services/window-exports.ts';

/** Opens a file that takes the place of `path` when it is whole; a sentence when it cannot be written. */
type OpenExportFile = (path: string) => Promise<Result<ExportTarget, string>>;

/** Asks the person where an export goes. */
export function createExportPlace(open: OpenExportFile) {
  return async ({ fileName }: ExportOrder): Promise<Result<ExportPlace, string>> => {
    const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: fileName });
    if (canceled || filePath === '') return ok({ kind: 'nowhere' });
    const target = await open(filePath);
    return target.ok ? ok({ kind: 'now', target: target.value, path: filePath }) : target;
  };
}
