import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { ExportFormatName, ExportProgress } from '../../preload/contract/export.ts';

/** How an export stands that this window began. `choosing`: the person is asked where it goes. */
export type ExportStand =
  | { readonly kind: 'idle' | 'choosing' }
  | { readonly kind: 'begun'; readonly progress: ExportProgress }
  | { readonly kind: 'failed'; readonly error: PublicError };

export interface ExportWatch {
  readonly stand: () => ExportStand;
  readonly subscribe: (listener: () => void) => () => void;
  readonly begin: (query: string, format: ExportFormatName) => Promise<void>;
  readonly cancel: () => Promise<void>;
  /** Asks no more. The export itself goes on. */
  readonly stop: () => void;
}

export interface ExportWatchDeps {
  readonly bridge: Pick<Bridge, 'call'>;
  /** Has the browser fetch the address as a file. */
  readonly download: (address: string) => void;
  /** Runs something later; returns what cancels it. */
  readonly later: (run: () => void, milliseconds: number) => () => void;
}

/** ms between two looks at how far it is */
const lookEvery = 250;

export function createExportWatch({ bridge, download, later }: ExportWatchDeps): ExportWatch {
  let stand: ExportStand = { kind: 'idle' };
  let id: string | null = null;
  let stopLooking = (): void => undefined;
  const listeners = new Set<() => void>();

  function become(next: ExportStand): void {
    stand = next;
    for (const listener of listeners) listener();
  }

  async function look(): Promise<void> {
    if (id === null) return;
    take(await bridge.call('export.progress', { id }));
  }

  function take(answer: Awaited<ReturnType<typeof bridge.call<'export.progress'>>>): void {
    if (!answer.ok) return become({ kind: 'failed', error: answer.error });
    become({ kind: 'begun', progress: answer.value });
    const { state } = answer.value;
    if (state === 'waiting' || state === 'running') stopLooking = later(() => void look(), lookEvery);
  }

  return {
    stand: () => stand,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async begin(query, format) {
      become({ kind: 'choosing' });
      const begun = await bridge.call('export.start', { query, format });
      if (!begun.ok) return become({ kind: 'failed', error: begun.error });
      id = begun.value.id;
      if (id === null) return become({ kind: 'idle' });
      if (begun.value.download !== null) download(begun.value.download);
      await look();
    },
    async cancel() {
      stopLooking();
      if (id !== null) take(await bridge.call('export.cancel', { id }));
    },
    stop: () => stopLooking(),
  };
}
