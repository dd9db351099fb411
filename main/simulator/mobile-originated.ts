/** Texts from devices: pushed when somebody listens, queued otherwise. Notes, section 3. */
import type { Accounts } from './accounts.ts';
import { textService } from './callback-rules.ts';
import type { Delivery } from './delivery.ts';
import { type Call, json, m2mError, parameter, type Reply } from './http.ts';
import { textCallback } from './payloads.ts';
import type { Registry } from './registry.ts';
import type { ReadSwitches } from './switches.ts';
import type { NewText, Text, TextState, Texts } from './texts.ts';

export interface Submission {
  /** The simulator's own id, as in the ledger. */
  readonly id: string;
  /** The state when the platform has done what it does by itself: `delivered`, or `queued` when nobody took it. */
  readonly settled: Promise<TextState>;
}

export interface MobileOriginated {
  submit(account: string, text: NewText): Submission;
  /** Puts a text into the queue as if nobody had listened when it came. */
  queue(account: string, text: NewText): void;
  readonly startCallbacks: (call: Call) => Reply;
}

interface Dependencies {
  readonly accounts: Accounts;
  readonly registry: Registry;
  readonly delivery: Delivery;
  readonly texts: Texts;
  readonly switches: ReadSwitches;
}

type Push = (text: Text, stillWanted: () => boolean, settled: (isAccepted: boolean) => void) => void;

function createPush({ delivery, switches }: Dependencies): Push {
  return (text, stillWanted, settled) =>
    delivery.deliver({
      account: text.account,
      service: textService,
      stillWanted,
      body(credentials, attempt) {
        text.attempts += 1;
        return textCallback(text, credentials, attempt, switches());
      },
      accepted() {
        text.accepted += 1;
      },
      settled: (outcome) => settled(outcome === 'accepted'),
    });
}

/** What history acknowledged meanwhile is not pushed any more; the rest leaves the queue one by one, on its 2xx. */
function createFlush({ texts, switches }: Dependencies, push: Push): (account: string) => void {
  const flushing = new Set<Text>();
  return (account) => {
    let hasFailed = false;
    const hasStopped = () => hasFailed && switches().flushAfterFailure === 'stops';
    for (const text of texts.queue(account).values()) {
      if (flushing.has(text)) continue;
      flushing.add(text);
      const stillWanted = () => text.state === 'queued' && !hasStopped();
      push(text, stillWanted, (isAccepted) => {
        flushing.delete(text);
        if (isAccepted) texts.move(text, 'delivered');
        else if (text.state === 'queued') hasFailed = true;
      });
    }
  };
}

function pushOnArrival(text: Text, texts: Texts, push: Push): Promise<TextState> {
  return new Promise((resolve) => {
    const stillWanted = () => text.state === 'pushing';
    push(text, stillWanted, (isAccepted) => {
      texts.move(text, isAccepted ? 'delivered' : 'queued');
      resolve(text.state);
    });
  });
}

export function createMobileOriginated(dependencies: Dependencies): MobileOriginated {
  const { accounts, registry, texts, switches } = dependencies;
  const push = createPush(dependencies);
  const flush = createFlush(dependencies, push);
  return {
    submit(account, newText) {
      const text = texts.add(account, newText);
      if (registry.find(account, textService)) return { id: text.id, settled: pushOnArrival(text, texts, push) };
      texts.move(text, 'queued');
      return { id: text.id, settled: Promise.resolve(text.state) };
    },
    queue: (account, newText) => texts.move(texts.add(account, newText), 'queued'),
    startCallbacks(call) {
      const account = parameter(call, 'account');
      const refusal = accounts.refuse(account);
      if (refusal) return refusal;
      const isHeld = registry.find(account, textService) !== null;
      if (!isHeld && switches().startCallbacksUnheld === 'refused')
        return m2mError('REQUEST_FAILED.Callback.NotRegistered', 'No callback is registered for the account.');
      if (isHeld) flush(account);
      return json(200, { success: switches().startCallbacksSuccess === 'string' ? 'true' : true });
    },
  };
}
