import type { Snapshot } from '../../preload/contract/snapshot.ts';
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

  function stamp(): string {
    return paint(clockTime(new Date(now()).toISOString(), new Date(now())), 'dim', color);
  }

  function aside(happening: Exclude<Happening, { type: 'message' }>): string {
    switch (happening.type) {
      case 'listening':
        return `${stamp()}  Listening on port ${happening.port}; ThingSpace calls ${happening.publicOrigin}`;
      case 'account': {
        const { account, state, reason } = happening;
        return `${stamp()}  ${paintLight(lightOfState(state), color)} ${account} ${paint(state, 'bold', color)}${reason === null ? '' : `: ${reason}`}`;
      }
      case 'delivery': {
        const { delivery } = happening;
        return `${stamp()}  Sent text ${plainText(delivery.requestId, 64)} to ${deviceName(delivery)}: ${plainText(delivery.status, 64)}`;
      }
      case 'problem':
        return problemLine(happening.problem);
      case 'gap':
        return `${stamp()}  ${accountWidth === null ? '' : `${happening.gap.account.padEnd(accountWidth)}  `}${gapSentence(happening.gap)}`;
      case 'note':
        return `${stamp()}  ${happening.text}`;
    }
  }

  function problemLine(problem: Extract<Happening, { type: 'problem' }>['problem']): string {
    const { service } = problem;
    const words = service ? [service.errorCode, service.errorMessage].filter((part) => part !== null).join(' · ') : '';
    return words === '' ? '' : `          ThingSpace says: ${words}`;
  }

  return {
    async show(happening) {
      if (happening.type === 'message') {
        return terminal.out(
          messageLine(happening.message, { columns: terminal.columns(), color, accountWidth, now: new Date(now()) }),
        );
      }
      const line =
        happening.type === 'problem' && happening.problem.account === null && happening.problem.service === null
          ? `${stamp()}  ${happening.problem.message}`
          : aside(happening);
      if (line !== '') terminal.say(line);
    },
    showStatus(snapshot) {
      accountWidth =
        snapshot.accounts.length > 1 ? Math.max(...snapshot.accounts.map(({ name }) => name.length)) : null;
      const counts = `${snapshot.inbox.total} ${snapshot.inbox.total === 1 ? 'text' : 'texts'}`;
      terminal.status(`${paintLight(snapshot.light, color)} ${snapshot.sentence} ${paint(counts, 'dim', color)}`);
    },
  };
}
