import type { Formats } from '../formats.ts';

/** What texts are sent on to, and the check of each hop. */
export function developerWords({ count }: Formats) {
  return {
    sentOn: 'Sent on',
    state: { pending: 'is tried again', delivered: 'taken', parked: 'given up', stopped: 'stopped' },
    replayState: { pending: 'is tried again', delivered: 'sent again', parked: 'not taken', stopped: 'stopped' },
    tries: (tries: number) => count(tries, { one: 'try', other: 'tries' }),
    again: 'Send again',
    elsewhere: 'Send to an endpoint…',
    url: 'Endpoint',
    urlHint: 'Your own program, such as http://localhost:3000/sms. It is told that this is a replay.',
    text: 'Text, if another than the device sent',
    send: 'Send',
    sent: (status: number) => `The endpoint took it (${status}).`,
    check: {
      title: 'Check each step',
      intro: 'From this computer to ThingSpace and back. Nothing is changed, and at most one sign-in is made.',
      running: 'Looking…',
      again: 'Look again',
      outcome: { pass: 'Works', fail: 'Fails', 'not-tried': 'Not tried' },
      hop: {
        node: 'This program',
        'data-dir': 'Storage',
        clock: 'Clock',
        keychain: 'Keychain',
        dns: 'Name of the service',
        tls: 'Connection',
        oauth: 'Application key',
        session: 'Sign-in',
        account: 'Account',
        registration: 'Callback',
        listener: 'Listener',
        tunnel: 'Public address',
        'public-probe': 'Proof through the internet',
        'port-rule': 'Port',
        queue: 'Queue',
      },
    },
  };
}
