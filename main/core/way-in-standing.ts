import type { WayIn } from '../../preload/contract/snapshot.ts';
import type { State } from './state.ts';

/** How the internet reaches this computer now, in words. */
export function wayInStanding(state: State): WayIn {
  const { listener } = state;
  switch (listener.kind) {
    case 'closed':
      return state.wayInTried
        ? { state: 'opening', sentence: 'Opening a port on this computer.', port: null }
        : { state: 'closed', sentence: 'Closed: no account needs it now.', port: null };
    case 'failed':
      return { state: 'failed', sentence: listener.problem.message, port: null };
    case 'open':
      return addressStanding(state, listener.port);
  }
}

function addressStanding({ address, proof }: State, port: number): WayIn {
  switch (address.kind) {
    case 'none':
      return { state: 'opening', sentence: 'Opening the way in from the internet.', port };
    case 'not-configured':
      return { state: 'none', sentence: 'None: texts are fetched from the queue.', port };
    case 'failed':
      return { state: 'failed', sentence: address.problem.message, port };
    case 'up':
      break;
  }
  switch (proof.kind) {
    case 'none':
      return { state: 'open', sentence: `${address.origin} is open. Trying whether it leads here.`, port };
    case 'failed':
      return { state: 'failed', sentence: proof.problem.message, port };
    case 'proved':
      return { state: 'proved', sentence: `${address.origin} leads here: a signed question came back.`, port };
  }
}
