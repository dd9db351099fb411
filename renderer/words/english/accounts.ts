import type { Formats } from '../formats.ts';

/** The accounts of the rail, and what is asked about them. */
export function accountWords({ number, count: counted }: Formats) {
  return {
    start: 'Start callbacks',
    asked: 'asked…',
    started: (at: string) => `ThingSpace started callbacks at ${at}.`,
    notStarted: (at: string) =>
      `ThingSpace answered at ${at} that callbacks did not start. Texts are fetched from the queue.`,
    cannotStart: 'Callbacks can be started once this app holds the account’s callback and is signed in.',
    menu: (name: string) => `More for ${name}`,
    drain: 'Fetch the queue now',
    /** Where it is only looked at. */
    takeOut: 'Take what waits out of the queue',
    draining: 'Fetching the queue…',
    drained: (fetched: number, stored: number) =>
      fetched === 0
        ? 'The queue is empty.'
        : `${counted(fetched, { one: 'text', other: 'texts' })} fetched, ${number(stored)} of them new.`,
    stop: 'Stop',
    resume: 'Resume',
    takeOver: 'Take the callback over…',
    remove: 'Remove…',
    none: 'No accounts',
    noText: 'no text yet',
    lastText: (age: string) => `last text ${age}`,
    unread: (count: number) => `${number(count)} unread`,
    fetching: 'Fetching the queue',
    looking: 'Only looking',
    caughtUp: (count: number) => `${number(count)} fetched`,
    add: 'Add account',
    addAnyway: 'Add it all the same',
    addTitle: 'Add an account',
    name: 'Account',
    nameHint: 'As ThingSpace writes it, such as 0000123456-00001. Leading zeros stay.',
    nameWrong: 'An account name has 1 to 64 characters and no slash or space, such as 0000123456-00001.',
    isThere: (name: string) => `${name} is there already. How its texts come is chosen in the settings.`,
    way: 'Texts come',
    ways: {
      auto: { name: 'By callback, and from the queue', meaning: 'nothing is missed' },
      callback: { name: 'By callback only', meaning: 'the queue is left alone' },
      poll: { name: 'From the queue only', meaning: 'no public address needed' },
      peek: { name: 'Only looked at', meaning: 'nothing is taken from the queue' },
    },
    takeOverTitle: 'Take the callback over?',
    takeOverBody: (name: string, holder: string) =>
      `${holder} holds the callback for ${name} and gets its texts now. After the take-over they come here, and no longer there. The old address is put back when this app quits.`,
    someone: 'Another server',
    takeOverYes: 'Take it over',
    removeTitle: 'Remove the account?',
    removeBody: (name: string) =>
      `${name} is no longer listened to. The texts that are stored stay. You can add it again at any time.`,
    removeYes: 'Remove',
  };
}

/** What reached the listener and is not trusted. */
export function unverifiedWords({ number }: Formats) {
  return {
    button: (count: number) => `${number(count)} not trusted`,
    title: 'Not trusted',
    body: 'These reached the listener but did not prove that ThingSpace sent them. They are kept apart from the texts.',
    none: 'Nothing.',
  };
}
