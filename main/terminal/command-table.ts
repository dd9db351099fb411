import {
  account,
  type CommandSpec,
  forwardAnywhere,
  forwardFormat,
  json,
  port,
  query,
  tunnel,
} from './command-spec.ts';
import { developerCommands } from './developer-commands.ts';

/** Every command of the terminal. The only place where they are listed. */
export const commandTable: readonly CommandSpec[] = [
  {
    name: 'demo',
    about: 'Try it without a Verizon account: a built-in ThingSpace with devices that text',
    options: [
      json,
      { name: 'rate', value: 'N', about: 'Texts a second from all devices together; 1 if left out' },
      { name: 'duration', value: 'S', about: 'End by itself after S seconds' },
      { name: 'no-open', value: null, about: 'Do not open the window in a browser' },
    ],
    examples: ['thingspace-sms demo', 'thingspace-sms demo --json --rate 5 --duration 10'],
  },
  {
    name: 'listen',
    about: 'Get the texts of accounts as they come, and print them',
    options: [
      { ...account, many: true },
      {
        name: 'public-url',
        value: 'URL',
        about: 'Where the outside reaches the listener, such as https://sms.example.com',
      },
      port,
      ...tunnel,
      {
        name: 'mode',
        value: 'auto|callback|poll|peek',
        about: 'Pushed and fetched, pushed only, fetched only, or looked at without taking',
      },
      { name: 'take-over', value: null, about: 'Take the callback from another server; it is given back at the end' },
      { name: 'poll-interval', value: 'S', about: 'Seconds between two looks at the queue; 60 if left out' },
      {
        name: 'forward-to',
        value: 'URL',
        many: true,
        about: 'Send each text on to this URL, signed, until it is answered with 2xx',
      },
      forwardFormat,
      forwardAnywhere,
      query,
      { name: 'max', value: 'N', about: 'End after N texts' },
      json,
    ],
    examples: [
      'thingspace-sms listen --account 0000123456-00001 --public-url https://sms.example.com --port 9001',
      'thingspace-sms listen --account 0000123456-00001 --mode poll --json',
      'thingspace-sms listen --account 0000123456-00001 --forward-to http://localhost:3000/sms',
    ],
  },
  {
    name: 'serve',
    about: 'Listen for the accounts of the settings, with the window in a browser',
    options: [
      { name: 'public-url', value: 'URL', about: 'Where the outside reaches the listener' },
      port,
      ...tunnel,
      { name: 'no-open', value: null, about: 'Do not open the window in a browser' },
      json,
    ],
    examples: ['thingspace-sms serve'],
  },
  {
    name: 'start',
    about: 'Ask ThingSpace once to push the queue of an account to its callback',
    options: [account, json],
    examples: ['thingspace-sms start --account 0000123456-00001'],
  },
  {
    name: 'drain',
    about: 'Empty the queue of an account once: store each block, then acknowledge it',
    options: [account, json],
    examples: ['thingspace-sms drain --account 0000123456-00001'],
  },
  {
    name: 'callbacks',
    about: 'Show what is registered for an account',
    options: [account, { name: 'restore', value: null, about: 'Put back what this app displaced' }, json],
    examples: [
      'thingspace-sms callbacks --account 0000123456-00001',
      'thingspace-sms callbacks --account 0000123456-00001 --restore',
    ],
  },
  {
    name: 'send',
    about: 'Send a text to a device',
    options: [
      account,
      { name: 'to', value: 'KIND:ID', about: 'The device, such as mdn:7022895555' },
      { name: 'text', value: 'T', about: 'The text: 160 characters of 7 bits at most' },
      { name: 'wait-reply', value: 'S', about: 'Wait up to S seconds for what the device answers' },
      json,
    ],
    examples: ['thingspace-sms send --account 0000123456-00001 --to mdn:7022895555 --text STATUS --wait-reply 60'],
  },
  {
    name: 'messages',
    about: 'Show stored texts, newest first',
    options: [query, { name: 'limit', value: 'N', about: 'At most N texts; 0: all; 100 if left out' }, json],
    examples: [
      'thingspace-sms messages',
      'thingspace-sms messages --query \'device:5555 "low battery"\' --limit 0 --json',
    ],
  },
  {
    name: 'devices',
    about: 'Show the devices, name one, write a note on it, or ask ThingSpace which an account has',
    positionals: '[name|note KIND:ID TEXT] [refresh]',
    options: [
      { name: 'find', value: 'T', about: 'Only devices with this in their name or an identifier' },
      { name: 'limit', value: 'N', about: 'At most N devices; 0: all; 100 if left out' },
      account,
      json,
    ],
    examples: [
      'thingspace-sms devices --find pump',
      'thingspace-sms devices name mdn:7022895555 "Pump 3"',
      'thingspace-sms devices note mdn:7022895555 "Behind the gate, key 12"',
      'thingspace-sms devices refresh --account 0000123456-00001',
    ],
  },
  {
    name: 'backup',
    about: 'Write all texts to one new file, also while texts come in',
    positionals: 'FILE',
    options: [json],
    examples: ['thingspace-sms backup texts-2026-11-23.db'],
  },
  {
    name: 'retention',
    about: 'Show how long texts are kept, or choose it after a look at what would go; they are kept for ever at first',
    options: [
      { name: 'days', value: 'N|off', about: 'Delete texts N days after they came; off: keep them' },
      { name: 'yes', value: null, about: 'Do not ask' },
      json,
    ],
    examples: ['thingspace-sms retention', 'thingspace-sms retention --days 90', 'thingspace-sms retention --days off'],
  },
  {
    name: 'status',
    about: 'Whether it is listening, and whether anything is missing',
    options: [json],
    examples: ['thingspace-sms status'],
  },
  {
    name: 'timeline',
    about: 'What happened: gaps and what was fetched for them, changes of state, problems',
    options: [{ name: 'limit', value: 'N', about: 'The newest N entries, at most 500; 100 if left out' }, json],
    examples: ['thingspace-sms timeline', 'thingspace-sms timeline --limit 500 --json'],
  },
  {
    name: 'unverified',
    about: 'Show what came and is not trusted, secrets cut out, newest first; it is in no other list',
    options: [{ name: 'limit', value: 'N', about: 'At most N, up to 500; 100 if left out' }, json],
    examples: ['thingspace-sms unverified', 'thingspace-sms unverified --json'],
  },
  {
    name: 'login',
    about: 'Store the credentials in the keychain; asks for them, or reads four lines',
    options: [],
    examples: ['thingspace-sms login'],
  },
  {
    name: 'logout',
    about: 'Remove the credentials from the keychain',
    options: [],
    examples: ['thingspace-sms logout'],
  },
  {
    name: 'accounts',
    about: 'Show, add or remove the accounts of the settings',
    positionals: '[add|remove NAME]',
    options: [
      { name: 'mode', value: 'auto|callback|poll|peek', about: 'How the texts of an added account are got' },
      json,
    ],
    examples: ['thingspace-sms accounts', 'thingspace-sms accounts add 0000123456-00001'],
  },
  {
    name: 'tunnels',
    about: 'Show which tunnels this computer has, store a tunnel’s secret, or forget an SSH server’s key',
    positionals: '[secret ssh|ngrok] [forget HOST]',
    options: [json],
    examples: ['thingspace-sms tunnels', 'thingspace-sms tunnels secret ngrok'],
  },
  ...developerCommands,
];
