import type { Problem, Snapshot } from '../../preload/contract/snapshot.ts';
import { gapSentence } from '../core/gap.ts';
import { plainText } from '../core/plain-text.ts';
import type { Happening } from '../services/core.ts';
import type { Terminal } from './io.ts';
import { happeningJson } from './json-lines.ts';
import { clockTime, deviceName, lightOfState, messageLine, paint, paintLight } from './paint.ts';

export interface LiveView {
  show(happening: Happening): Promise<void>;
  showStatus(snapshot: Snapshot): void;
}

/** NDJSON: one object for each thing that happened, and nothing else. */
export function createJsonView(terminal: Terminal, pid: number): LiveView {
  return {
    async show(happening) {
      const line = happeningJson(happening, pid);
      if (line !== null) await terminal.out(line);
    },
    showStatus() {},
  };
}

/** For people: texts on standard output, all else around them; one status line that stays where there is a terminal. */
export function createPeopleView(terminal: Terminal, now: () => number): LiveView {
  const { color } = terminal;
  /** Null for one account, which need not be said. */
  let accountWidth: number | null = null;
  /** Of the newest line of an account: the problem that is this reason follows it, and is not said twice. */
  let saidReason: string | null = null;

  function stamp(): string {
    return paint(clockTime(new Date(now()).toISOString(), new Date(now())), 'dim', color);
  }

  function aside(happening: Exclude<Happening, { type: 'message' | 'problem' }>): string {
    switch (happening.type) {
      case 'listening':
        return `${stamp()}  Listening on port ${happening.port}; ThingSpace calls ${happening.publicOrigin}`;
      case 'account': {
        const { account, state, reason } = happening;
        saidReason = reason;
        return `${stamp()}  ${paintLight(lightOfState(state), color)} ${account} ${paint(state, 'bold', color)}${reason === null ? '' : `: ${reason}`}`;
      }
      case 'delivery': {
        const { delivery } = happening;
        return `${stamp()}  Sent text ${plainText(delivery.requestId, 64)} to ${deviceName(delivery)}: ${plainText(delivery.status, 64)}`;
      }
      case 'gap':
        return `${stamp()}  ${accountWidth === null ? '' : `${happening.gap.account.padEnd(accountWidth)}  `}${gapSentence(happening.gap)}`;
      case 'note':
        return `${stamp()}  ${happening.text}`;
    }
  }

  function sayProblem({ message, service }: Problem): void {
    const words = service ? [service.errorCode, service.errorMessage].filter((part) => part !== null).join(' · ') : '';
    if (message !== saidReason) terminal.say(`${stamp()}  ${message}`);
    if (words !== '') terminal.say(`          ThingSpace says: ${words}`);
  }

  return {
    async show(happening) {
      if (happening.type === 'message') {
        return terminal.out(
          messageLine(happening.message, { columns: terminal.columns(), color, accountWidth, now: new Date(now()) }),
        );
      }
      if (happening.type === 'problem') sayProblem(happening.problem);
      else terminal.say(aside(happening));
    },
    showStatus(snapshot) {
      accountWidth =
        snapshot.accounts.length > 1 ? Math.max(...snapshot.accounts.map(({ name }) => name.length)) : null;
      const counts = `${snapshot.inbox.total} ${snapshot.inbox.total === 1 ? 'text' : 'texts'}`;
      terminal.status(`${paintLight(snapshot.light, color)} ${snapshot.sentence} ${paint(counts, 'dim', color)}`);
    },
  };
}
