import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { ExportFormatName, ExportProgress } from '../../preload/contract/export.ts';
import { methods, type Output, type ParsedInput } from '../../preload/contract/methods.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { exportFormats } from '../core/export-row.ts';
import { withFixedTimes } from '../core/query-time.ts';
import type { Core } from './core.ts';
import { createExportChain, type ExportTarget, type Sha256, textsOldestFirst } from './export-texts.ts';
import { refusal } from './router.ts';

/** An export that a window asked for. */
export interface ExportOrder {
  readonly id: string;
  readonly format: ExportFormatName;
  /** Such as `thingspace-texts-2026-11-25.csv`. */
  readonly fileName: string;
}

/** Where a face puts an export: at once, once something fetches it (`later`, at this address), or nowhere, because nobody chose a place. */
export type ExportPlace =
  | { readonly kind: 'now'; readonly target: ExportTarget; readonly path: string }
  | { readonly kind: 'later'; readonly download: string }
  | { readonly kind: 'nowhere' };

export interface WindowExportsDeps {
  readonly core: Core;
  readonly sha256: Sha256;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Fails with a sentence. */
  readonly place: (order: ExportOrder) => Promise<Result<ExportPlace, string>>;
}

export interface WindowExports {
  /** The core that also answers the methods of exports, for windows. */
  readonly core: Core;
  /** An export that waits to be fetched, or null. */
  waiting(id: string): ExportOrder | null;
  /** Writes an export into what fetches it; returns when it has ended. */
  pour(id: string, target: ExportTarget): Promise<void>;
}

interface Job extends ExportOrder {
  readonly query: string;
  progress: ExportProgress;
}

/** More than anybody has under way; the oldest are forgotten. */
const remembered = 32;

/** Exports of what a window's search finds, written text by text, so that any number fits. */
export function createWindowExports(deps: WindowExportsDeps): WindowExports {
  const jobs = new Map<string, Job>();
  const { core } = deps;

  async function start({
    query,
    format,
  }: ParsedInput<'export.start'>): Promise<Result<Output<'export.start'>, PublicError>> {
    const fixed = withFixedTimes(query, deps.now());
    const found = await bridgeOf(core).call('inbox.page', { query: fixed, limit: 1 });
    if (!found.ok) return found;
    const job: Job = {
      id: deps.newId(),
      format,
      fileName: `thingspace-texts-${new Date(deps.now()).toISOString().slice(0, 10)}.${format}`,
      query: fixed,
      progress: { state: 'waiting', written: 0, total: found.value.total, hash: null, path: null, reason: null },
    };
    const placed = await deps.place(job);
    if (!placed.ok) return fail(refusal('storage-failed', placed.error));
    const place = placed.value;
    if (place.kind === 'nowhere') return ok({ id: null, download: null });
    remember(job);
    if (place.kind === 'later') return ok({ id: job.id, download: place.download });
    job.progress = { ...job.progress, path: place.path };
    void write(job, place.target);
    return ok({ id: job.id, download: null });
  }

  function remember(job: Job): void {
    jobs.set(job.id, job);
    const [oldest] = jobs.keys();
    if (jobs.size > remembered && oldest !== undefined) jobs.delete(oldest);
  }

  async function write(job: Job, target: ExportTarget): Promise<void> {
    job.progress = { ...job.progress, state: 'running' };
    const reason = await pourInto(job, target);
    if (reason === null) return;
    await target.abandon();
    if (job.progress.state !== 'cancelled') job.progress = { ...job.progress, state: 'failed', reason };
  }

  /** Null when all was written; else why not. */
  async function pourInto(job: Job, target: ExportTarget): Promise<string | null> {
    const chain = createExportChain(exportFormats[job.format], deps.sha256);
    let text = chain.start;
    for await (const page of textsOldestFirst(bridgeOf(core), job.query)) {
      if (!page.ok) return page.error.message;
      if (job.progress.state === 'cancelled') return 'cancelled';
      for (const message of page.value) text += chain.add(message);
      const written = await target.write(text);
      if (!written.ok) return written.error;
      text = '';
      const { state, total } = job.progress;
      const count = chain.count();
      // Texts go on coming meanwhile.
      if (state === 'running') job.progress = { ...job.progress, written: count, total: Math.max(total, count) };
    }
    if (job.progress.state === 'cancelled') return 'cancelled';
    const ended = await target.write(`${text}${chain.end()}`);
    const finished = ended.ok ? await target.finish() : ended;
    if (!finished.ok) return finished.error;
    const count = chain.count();
    job.progress = { ...job.progress, state: 'done', written: count, total: count, hash: chain.hash() };
    return null;
  }

  function progressOf(id: string): Result<ExportProgress, PublicError> {
    const job = jobs.get(id);
    return job ? ok(job.progress) : fail(refusal('not-found', 'This export is over. Begin it again.'));
  }

  function cancel(id: string): Result<ExportProgress, PublicError> {
    const job = jobs.get(id);
    if (job && (job.progress.state === 'waiting' || job.progress.state === 'running'))
      job.progress = { ...job.progress, state: 'cancelled' };
    return progressOf(id);
  }

  async function handle(name: ExportMethod, input: unknown): Promise<Result<unknown, PublicError>> {
    const parsed = methods[name].input.safeParse(input);
    if (!parsed.success) return fail(refusal('bad-input', 'The input is not what this method takes.'));
    const asked = parsed.data;
    if ('format' in asked) return start(asked);
    return name === 'export.cancel' ? cancel(asked.id) : progressOf(asked.id);
  }

  return {
    core: {
      ...core,
      router: {
        handle: (caller, name, input) =>
          caller === 'window' && isExportMethod(name) ? handle(name, input) : core.router.handle(caller, name, input),
      },
    },
    waiting(id) {
      const job = jobs.get(id);
      return job?.progress.state === 'waiting' ? job : null;
    },
    async pour(id, target) {
      const job = jobs.get(id);
      if (job?.progress.state === 'waiting') await write(job, target);
    },
  };
}

const exportMethods = ['export.start', 'export.progress', 'export.cancel'] as const;
type ExportMethod = (typeof exportMethods)[number];

function isExportMethod(name: string): name is ExportMethod {
  return exportMethods.some((one) => one === name);
}

/** The router made the answer that the contract promises. */
function bridgeOf(core: Core): Pick<Bridge, 'call'> {
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    call: (name, input) => core.router.handle('window', name, input) as ReturnType<Bridge['call']> as never,
  };
}
