/** An option as it is written, for parsing, help and completion alike. */
export interface OptionSpec {
  readonly name: string;
  /** What stands for the value in help; null: a switch without one. */
  readonly value: string | null;
  readonly many?: true;
  readonly about: string;
}

export interface CommandSpec {
  readonly name: string;
  readonly about: string;
  /** Positional arguments as they stand in help, such as `[add|remove NAME]`. */
  readonly positionals?: string;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly string[];
}

const json: OptionSpec = {
  name: 'json',
  value: null,
  about: 'One JSON object a line on standard output, and nothing else there',
};
const account: OptionSpec = {
  name: 'account',
  value: 'NAME',
  about: 'Account name, exactly as ThingSpace shows it, leading zeros included',
};
const query: OptionSpec = {
  name: 'query',
  value: 'Q',
  about: 'Only texts that match, such as: device:5555 alarm -test',
};
const port: OptionSpec = { name: 'port', value: 'N', about: 'Local port; a free one if left out' };

const tunnel: readonly OptionSpec[] = [
  { name: 'tunnel', value: 'KIND', about: 'How to open a way in from the internet; "tunnels" shows the kinds' },
  {
    name: 'tunnel-option',
    value: 'KEY=VALUE',
    many: true,
    about: 'What the tunnel needs, such as host=sms.example.com',
  },
];

/** Options of every command. */
export const globalOptions: readonly OptionSpec[] = [
  { name: 'data-dir', value: 'DIR', about: 'Where settings, texts and logs live (also THINGSPACE_SMS_DATA_DIR)' },
  { name: 'api-base', value: 'URL', about: 'Another address of the service (also THINGSPACE_API_BASE)' },
  { name: 'help', value: null, about: 'Show this help' },
  { name: 'version', value: null, about: 'Show the version' },
];

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
      { name: 'forward-to', value: 'URL', about: 'Send each text on to this URL' },
      query,
      { name: 'max', value: 'N', about: 'End after N texts' },
      json,
    ],
    examples: [
      'thingspace-sms listen --account 0000123456-00001 --public-url https://sms.example.com --port 9001',
      'thingspace-sms listen --account 0000123456-00001 --mode poll --json',
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
    name: 'wait',
    about: 'End when texts that match have come',
    options: [
      query,
      { name: 'count', value: 'N', about: 'How many; 1 if left out' },
      { name: 'timeout', value: 'S', about: 'Give up after S seconds, with exit code 124' },
      { name: 'since', value: 'T', about: 'Count texts from this time on too (ISO 8601, or 10m, 2h)' },
      json,
    ],
    examples: ["thingspace-sms wait --query 'device:5555 pong' --timeout 60"],
  },
  {
    name: 'export',
    about: 'Write stored texts to a file, oldest first, with a hash chain that shows later changes',
    options: [
      { name: 'format', value: 'ndjson|csv', about: 'ndjson if left out' },
      query,
      { name: 'output', value: 'FILE', about: 'Write there once it is whole; standard output if left out' },
    ],
    examples: [
      'thingspace-sms export --format csv --output texts.csv',
      "thingspace-sms export --format ndjson --query 'after:1d' > yesterday.ndjson",
    ],
  },
  {
    name: 'verify',
    about: 'Check an export, and name the first row that was changed, added or removed',
    positionals: 'FILE',
    options: [json],
    examples: ['thingspace-sms verify texts.csv'],
  },
  {
    name: 'status',
    about: 'Whether it is listening, and whether anything is missing',
    options: [json],
    examples: ['thingspace-sms status'],
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
  {
    name: 'simulate',
    about: 'Run the built-in ThingSpace alone, for tests of your own',
    options: [
      port,
      { name: 'rate', value: 'N', about: 'Texts a second from the sample devices; none if left out' },
      json,
    ],
    examples: ['thingspace-sms simulate --port 8080'],
  },
];
