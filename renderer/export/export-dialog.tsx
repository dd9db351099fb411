import { type FormEvent, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { Label, ProgressBar } from 'react-aria-components';
import type { ExportFormatName, ExportProgress } from '../../preload/contract/export.ts';
import { AppDialog } from '../parts/app-dialog.tsx';
import { useBridge } from '../parts/bridge-context.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { Choice } from '../parts/choice.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { download } from '../parts/download.ts';
import { Failure } from '../parts/failure.tsx';
import { useWords } from '../words/words-context.ts';
import { createExportWatch } from './export-watch.ts';

interface ExportDialogProps {
  /** What the list is filtered by; empty: every text. */
  readonly query: string;
  readonly total: number;
  readonly onClose: () => void;
}

/** Writes what the filter shows into a file. Closing the dialog leaves an export that is under way to go on. */
export function ExportDialog({ query, total, onClose }: ExportDialogProps) {
  const words = useWords();
  const bridge = useBridge();
  const [format, setFormat] = useState<ExportFormatName>('csv');
  const watch = useMemo(() => createExportWatch({ bridge, download, later }), [bridge]);
  const stand = useSyncExternalStore(watch.subscribe, watch.stand);
  useEffect(() => watch.stop, [watch]);
  const progress = stand.kind === 'begun' ? stand.progress : null;
  const running = progress?.state === 'running' || progress?.state === 'waiting';

  function submit(event: FormEvent): void {
    event.preventDefault();
    void watch.begin(query, format);
  }

  return (
    <AppDialog title={words.export.title} onClose={onClose}>
      <form onSubmit={submit}>
        <p>{query === '' ? words.export.all(total) : words.export.found(total)}</p>
        {query === '' ? null : (
          <p className="searched">
            <bdi>{query}</bdi>
          </p>
        )}
        <Choice label={words.export.format} value={format} options={words.export.formats} onChange={setFormat} />
        <p className="hint">{words.export.meaning[format]}</p>
        {progress ? <Progress progress={progress} /> : null}
        {stand.kind === 'failed' ? <Failure error={stand.error} /> : null}
        <footer>
          {running ? (
            <button type="button" className="button" onClick={() => void watch.cancel()}>
              {words.export.cancel}
            </button>
          ) : (
            <button type="button" className="button" onClick={onClose}>
              {words.close}
            </button>
          )}
          <BusyButton
            type="submit"
            className="button primary"
            busy={running || stand.kind === 'choosing'}
            disabled={total === 0}
          >
            {words.export.begin}
          </BusyButton>
        </footer>
      </form>
    </AppDialog>
  );
}

function Progress({ progress }: { progress: ExportProgress }) {
  const words = useWords();
  const { state, written, total, hash, path } = progress;
  return (
    <div className="export-progress">
      <ProgressBar value={written} maxValue={Math.max(1, total)} valueLabel={words.export.progress(written, total)}>
        {({ percentage, valueText }) => (
          <>
            <Label>{words.export.states[state]}</Label>
            <span className="figures">{valueText}</span>
            <svg className="export-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden>
              <rect className="export-bar-done" width={state === 'done' ? 100 : (percentage ?? 0)} height="4" />
            </svg>
          </>
        )}
      </ProgressBar>
      {progress.reason === null ? null : <p className="failure">{progress.reason}</p>}
      {path === null || state !== 'done' ? null : <p className="export-path">{path}</p>}
      {hash === null ? null : (
        <p className="export-hash">
          {words.export.hash} <CopyButton text={hash} label={words.detail.copy(words.export.hash)} />
          <span className="mono">{hash}</span>
        </p>
      )}
    </div>
  );
}

function later(run: () => void, milliseconds: number): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
