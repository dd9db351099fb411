import type { ConnectionState } from '../../connection.ts';
import type { Formats } from '../formats.ts';

/** What belongs to no one part of the window, and what stands at its top. */
export function appWords({ number }: Formats) {
  return {
    product: 'ThingSpace SMS Tray',
    simulated: 'Simulator',
    simulatedMeaning: 'The service is the built-in simulator. Nothing reaches Verizon.',
    loading: 'Asking the app how it stands…',
    close: 'Close',
    cancel: 'Cancel',
    retry: 'Try again',
    copied: 'Copied',
    copyFailed: 'The browser did not let the page copy.',
    accountsPane: 'Accounts',
    showAccounts: 'Show accounts',
    pauseAll: 'Pause all',
    resumeAll: 'Resume all',
    settings: 'Settings',
    credentials: 'Credentials',
    keysTitle: 'Keys',
    problems: 'Problems',
    failed: 'That did not work',
    linkFailed: 'The text of this link cannot be shown',
    proved: (age: string) => `proved ${age}`,
    provedMeaning: 'When a signed question last came back through the public address.',
    age: {
      now: 'just now',
      seconds: (count: number) => `${number(count)} s ago`,
      minutes: (count: number) => `${number(count)} min ago`,
      hours: (count: number) => `${number(count)} h ago`,
    },
    light: {
      off: 'Off',
      starting: 'Starting',
      live: 'Live',
      'catching-up': 'Catching up',
      degraded: 'Degraded',
      'needs-you': 'Needs you',
      paused: 'Paused',
    },
    connection: {
      lostShort: 'The app did not answer.',
      lost: {
        title: 'The app is not running any more',
        body: 'Texts wait in the queue at ThingSpace until it runs again. Start it, and open the address that it prints. If it only did not answer for a while, this page comes back by itself.',
      },
      refused: {
        title: 'This page’s session is over',
        body: 'Open the address that the app printed in the terminal. Each start prints a new one, and it opens one page.',
      },
    } satisfies Record<Exclude<ConnectionState, 'open'>, unknown> & { lostShort: string },
    happened: {
      title: 'What happened',
      none: 'Nothing yet. Gaps, changes of state and problems are kept here across restarts.',
      kinds: { gap: 'Gap', state: 'State', problem: 'Problem', note: 'Note' },
      states: {
        off: 'Off',
        live: 'Listening',
        polling: 'Fetching the queue',
        degraded: 'Degraded',
        'needs-you': 'Needs you',
      } as Readonly<Record<string, string>>,
    },
    gap: {
      /** What began it. */
      began: { unreachable: 'Unreachable', paused: 'Paused', stopped: 'Stopped', 'looked-at': 'Only looked at' },
      begin: (to: string) => `Caught up at ${to}:`,
      fetched: (fetched: number, pending: number) =>
        `${number(fetched)} fetched from the queue, ${number(pending)} pending.`,
    },
    keys: [
      ['↑ ↓ or k j', 'Move'],
      ['Page Up, Page Down, Home, End', 'Move far'],
      ['Enter', 'Open'],
      ['Escape', 'Close, or clear the search'],
      ['Space', 'Pause or follow the list'],
      ['c', 'Copy the text'],
      ['r', 'Reply'],
      ['Ctrl Enter', 'Send the text'],
      ['s', 'Star the text, or take the star away'],
      ['g', 'Group by device, or show every text'],
      ['/ or Ctrl F', 'Search'],
      ['e', 'Export what is shown'],
      ['h', 'What happened'],
      ['Ctrl K', 'All actions'],
      ['?', 'These keys'],
    ] as readonly (readonly [string, string])[],
  };
}
