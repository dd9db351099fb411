import type { Formats } from '../formats.ts';

/** The list of texts, its search, and what stands in its place. */
export function listWords({ number, count: counted }: Formats) {
  return {
    name: 'Texts',
    search: 'Search texts',
    clear: 'Clear the search',
    time: 'Time',
    device: 'Device',
    text: 'Text',
    account: 'Account',
    marks: 'Came by',
    live: 'Following',
    held: 'Paused',
    holdShort: 'Pause the list',
    followShort: 'Follow the newest texts',
    hold: 'Pause the list (Space)',
    follow: 'Follow the newest texts (Space)',
    fresh: (count: number) => `${number(count)} new`,
    freshTold: (count: number) => `${counted(count, { one: 'new text', other: 'new texts' })}.`,
    total: (count: number) => counted(count, { one: 'text', other: 'texts' }),
    found: (count: number) => `${number(count)} found`,
    loading: 'Loading texts…',
    failed: 'The texts could not be read.',
    star: 'Star this text',
    unstar: 'Take the star away',
    starred: 'starred',
    unread: 'unread',
    lanes: { callback: 'pushed by callback', history: 'fetched from the queue' },
    saved: {
      button: 'Saved searches',
      nothing: 'Search something to save it',
      keep: 'Save this search',
      forget: 'Forget this search',
    },
    noAccount: {
      title: 'No account yet',
      body: 'Add the ThingSpace account whose devices you want to hear. Its number looks like 0000123456-00001.',
      action: 'Add account',
    },
    empty: {
      title: 'No texts yet',
      body: 'A text appears here as soon as a device sends one. Let a device text this number:',
      simulated:
        'The simulator’s devices send by themselves; the first text takes a few seconds. A real device must text this number:',
    },
    noHit: {
      title: 'Nothing found',
      unverified:
        'What is not trusted is kept apart and is never among the texts. “Not trusted”, at the foot of the accounts, shows it.',
      noneUnverified: 'What is not trusted is kept apart and is never among the texts. Nothing of that kind was kept.',
      misread: (written: string) => `“${written}” is no condition of a search: it is looked for as plain words.`,
      body: 'No stored text matches this search. New texts that match will appear here.',
    },
  };
}
