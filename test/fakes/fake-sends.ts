import type { z } from 'zod';
import { prepareBench } from '../../main/core/bench.ts';
import { changed, type SendChange } from '../../main/core/send-changes.ts';
import type { BenchRun } from '../../preload/contract/bench.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Input, MethodName, Output } from '../../preload/contract/methods.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ReplyPattern, replyPattern, Send } from '../../preload/contract/sends.ts';
import { encodingOf } from '../../preload/contract/sms-text.ts';

type Names = Extract<MethodName, `sends.${string}` | `bench.${string}` | 'message.send'>;
type Answers = { readonly [N in Names]: (input: Input<N>) => Result<Output<N>, PublicError> };

export interface FakeSends {
  readonly answers: Answers;
  /** Newest first. */
  readonly all: () => readonly Send[];
  /** Something happens to the text that was sent last. */
  readonly change: (change: SendChange) => void;
  /** The run of the bench is now so. */
  readonly showBench: (run: BenchRun) => void;
}

export const fakeRequestId = '595f5c44-c31c-4552-8670-020a1545a84d';

/** As the contract reads it; the page of the window may not make code of schemas. */
function patternOf({ kind, value = '' }: z.input<typeof replyPattern>): ReplyPattern {
  return { kind, value };
}

/** Texts to devices, which ThingSpace takes at once, and after which nothing happens but what the test says. */
export function createFakeSends(now: () => number, tell: () => void): FakeSends {
  let sends: readonly Send[] = [];
  let runs: readonly BenchRun[] = [];
  const missing = fail({ code: 'not-found', message: 'There is no such text.', service: null } as const);

  function keep(send: Send): Send {
    sends = [send, ...sends.filter(({ id }) => id !== send.id)].sort((one, other) => other.id - one.id);
    tell();
    return send;
  }

  function apply(id: number, change: SendChange): Send | null {
    const send = sends.find((one) => one.id === id);
    return send ? keep(changed(send, change)) : null;
  }

  function keepRun(run: BenchRun): BenchRun {
    runs = [run, ...runs.filter(({ id }) => id !== run.id)];
    tell();
    return run;
  }

  return {
    all: () => sends,
    answers: {
      'message.send': (input) => {
        const { account, to, text, encoding = null, timeToLiveSeconds = null, expect: wanted = null } = input;
        const expect = wanted && { ...wanted, pattern: patternOf(wanted.pattern) };
        const askedAt = new Date(now()).toISOString();
        const dueAt = new Date(now() + (expect?.seconds ?? 0) * 1000).toISOString();
        const send = keep({
          id: sends.length + 1,
          account,
          to,
          text,
          encoding: encoding ?? encodingOf(text),
          timeToLiveSeconds,
          askedAt,
          requestId: null,
          requestIdInferred: false,
          state: 'asking',
          history: [{ state: 'asking', at: askedAt }],
          reason: null,
          service: null,
          deliveries: [],
          awaited: expect && { expected: expect, dueAt, result: 'waiting', reply: null, reason: null },
        });
        const taken = apply(send.id, { kind: 'taken', requestId: fakeRequestId, inferred: false, at: now() });
        return ok({ requestId: fakeRequestId, send: taken ?? send });
      },
      'sends.page': ({ account = null, device = null, before = null, limit = 50 }) => {
        const found = sends.filter(
          (send) =>
            (account === null || send.account === account) &&
            (device === null || send.to.id === device.id) &&
            send.id < (before ?? Number.POSITIVE_INFINITY),
        );
        return ok({ sends: found.slice(0, limit) });
      },
      'sends.get': ({ id }) => {
        const send = sends.find((one) => one.id === id);
        return send ? ok(send) : missing;
      },
      'sends.stopWaiting': ({ id }) => {
        const send = apply(id, { kind: 'waiting-cancelled', at: now() });
        return send ? ok(send) : missing;
      },
      'bench.start': (input) => {
        const { account, to, script: given } = input;
        const { name = 'Bench', values = {}, keepGoing = false } = given;
        const steps = given.steps.map(({ expect, ...step }) => ({
          ...step,
          ...(expect === undefined ? {} : { expect: typeof expect === 'string' ? expect : patternOf(expect) }),
        }));
        const script = { name, values, keepGoing, steps };
        const prepared = prepareBench(script, { id: `run${runs.length}`, account, to, now: now() });
        if (!prepared.ok) return fail({ code: 'bad-input', message: prepared.error, service: null });
        return ok(keepRun(prepared.value));
      },
      'bench.stop': ({ id }) => {
        const run = runs.find((one) => one.id === id);
        return run ? ok(keepRun({ ...run, result: 'stopped', endedAt: new Date(now()).toISOString() })) : missing;
      },
      'bench.runs': ({ limit = 20 }) => ok({ runs: runs.slice(0, limit) }),
    },
    change: (change) => void apply(sends[0]?.id ?? 0, change),
    showBench: (run) => void keepRun(run),
  };
}
