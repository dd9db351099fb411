/** An option as it is written, for parsing, help and completion alike. */
export interface OptionSpec {
  readonly name: string;
  /** What stands for the value in help; null: a switch without one. */
  readonly value: string | null;
  readonly many?: true;
  /** At most so many characters. */
  readonly longest?: number;
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

export const json: OptionSpec = {
  name: 'json',
  value: null,
  about: 'One JSON object a line on standard output, and nothing else there',
};
export const account: OptionSpec = {
  name: 'account',
  value: 'NAME',
  about: 'Account name, exactly as ThingSpace shows it, leading zeros included',
};
export const query: OptionSpec = {
  name: 'query',
  value: 'Q',
  longest: 1024,
  about: 'Only texts that match, such as: device:5555 alarm -test',
};
export const forwardFormat: OptionSpec = {
  name: 'forward-format',
  value: 'original|cloudevents',
  about: 'The body as it came (the default), or a CloudEvent 1.0',
};
export const forwardAnywhere: OptionSpec = {
  name: 'forward-anywhere',
  value: null,
  about: 'Let texts leave this computer and its network',
};
export const port: OptionSpec = { name: 'port', value: 'N', about: 'Local port; a free one if left out' };

export const tunnel: readonly OptionSpec[] = [
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
