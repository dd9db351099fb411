import type { Formats } from '../formats.ts';

/** One text with all that is known of it. */
export function detailWords({ count: counted, number }: Formats) {
  return {
    name: 'Text',
    close: 'Close this text',
    account: 'Account',
    received: 'Received here',
    platform: 'ThingSpace’s time',
    answered: 'Answered',
    notAnswered: 'not by a callback, or not known yet',
    fetched: 'Fetched',
    /** `acknowledged`: since when ThingSpace is known to know it. */
    fetchedAt: (at: string, acknowledged: string | null) =>
      acknowledged === null ? `${at}; not yet acknowledged to ThingSpace` : `${at}; acknowledged ${acknowledged}`,
    noPlatform: 'not given',
    lanesTitle: 'Way',
    lanes: {
      callback: 'Pushed by callback.',
      history: 'Fetched from the account’s queue.',
      both: 'Pushed by callback, and found in the account’s queue as well. Stored once.',
      none: 'Not known.',
    },
    rawCallback: 'Callback as it came',
    rawHistory: 'Queue item as it came',
    copyText: 'Copy as text',
    copyJson: 'Copy as JSON',
    copy: (what: string) => `Copy ${what}`,
    copyCurl: 'Copy as curl',
    copyLink: 'Copy link',
    rest: (count: number) => `Show the other ${counted(count, { one: 'character', other: 'characters' })}`,
    empty: 'This text is empty.',
    loading: 'Loading…',
    decoded: {
      json: 'JSON',
      hex: (bytes: number) => `Hexadecimal, ${counted(bytes, { one: 'byte', other: 'bytes' })}`,
      ucs2: 'UCS-2',
      gsm7: 'GSM, packed septets',
      base64: 'Base64',
      pairs: 'Values',
      nmea: 'NMEA sentences',
      positions: 'Position',
      more: (count: number) => `and ${counted(count, { one: 'more place', other: 'more places' })}`,
      plot: (place: string) => `Grid of degrees; the last place is ${place}`,
      /** North, south, east, west. */
      hemispheres: ['N', 'S', 'E', 'W'] as readonly [string, string, string, string],
    },
    parts: {
      title: (have: number, total: number) =>
        `Joined from ${number(have)} of ${counted(total, { one: 'part', other: 'parts' })}`,
      hole: (place: number) => `part ${number(place)} is missing`,
    },
    link: {
      title: 'A link from a device',
      body: (host: string) =>
        `It leads to ${host}. Whoever sent the text wrote it; this app does not know what is there.`,
      copy: 'Copy the link',
      open: 'Open in a new tab',
    },
  };
}
