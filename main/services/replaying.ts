import type { ProblemCode } from '../../preload/contract/errors.ts';
import type { ForwardFormat, ForwardRule } from '../../preload/contract/forward.ts';
import type { Message } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { type Forwarder, type ForwardLedger, forwardBody } from '../core/forward.ts';
import { forwardRefusal } from '../core/forward-target.ts';
import { matches, parseQuery } from '../core/query.ts';
import type { Context } from './context.ts';
import type { ForwardSecret } from './forward-secret.ts';

export interface ReplayDeps extends Pick<Context, 'clock' | 'messages'> {
  readonly ledger: ForwardLedger;
  readonly forwarder: Forwarder;
  readonly secret: Pick<ForwardSecret, 'read'>;
  readonly rules: () => readonly ForwardRule[];
  readonly anywhere: () => boolean;
}

export interface ReplayRequest {
  readonly id: string;
  /** null: where it went last. */
  readonly to: string | null;
  /** In place of its own; null: as it came. */
  readonly text: string | null;
  readonly format: ForwardFormat;
  /** A yes to an endpoint outside this computer's network. */
  readonly anywhere: boolean;
}

interface ReplayFailure {
  readonly code: ProblemCode;
  readonly message: string;
}

/** Sends one text once more, marked as a replay. */
export type Replay = (
  request: ReplayRequest,
) => Promise<Result<{ readonly url: string; readonly status: number }, ReplayFailure>>;

function refused(code: ProblemCode, message: string): { readonly ok: false; readonly error: ReplayFailure } {
  return fail({ code, message });
}

export function createReplay(deps: ReplayDeps): Replay {
  /** Where it went last, or where the first rule that finds it would send it. */
  async function lastUrlOf(message: Message): Promise<string | null> {
    const results = await deps.ledger.of(message.id);
    const last = results.ok ? results.value.at(-1)?.url : undefined;
    const finds = ({ query }: ForwardRule): boolean => matches(parseQuery(query, { now: deps.clock.now() }), message);
    return last ?? deps.rules().find(finds)?.url ?? null;
  }

  return async ({ id, to, text, format, anywhere }) => {
    const detail = await deps.messages.detail(id);
    if (!detail.ok) return refused('storage-failed', detail.error.message);
    if (!detail.value) return refused('not-found', `There is no text with the id ${id}.`);
    const url = to ?? (await lastUrlOf(detail.value.message));
    if (url === null) return refused('bad-input', 'This text was not forwarded yet. Say where it goes with --to URL.');
    const yes = anywhere || deps.anywhere();
    const refusal = forwardRefusal(url, yes);
    if (refusal !== null) return refused('bad-input', refusal);
    const posted = await deps.forwarder.post({
      url,
      id,
      ...forwardBody(detail.value, format, text),
      secret: await deps.secret.read(),
      replay: text === null ? 'as it came' : 'edited',
      anywhere: yes,
    });
    const status = posted.ok ? posted.value : posted.error.status;
    const reason = posted.ok ? null : posted.error.message;
    // The text has gone out, or not, whether or not that can be noted.
    await deps.ledger.noteReplay({ messageId: id, url, status, reason, at: deps.clock.now() });
    return posted.ok ? ok({ url, status: posted.value }) : refused('forward-failed', posted.error.message);
  };
}
