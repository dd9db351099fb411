import { account, type CommandSpec, forwardAnywhere, forwardFormat, json, port, query } from './command-spec.ts';

/** The commands for developers, servers and tests. */
export const developerCommands: readonly CommandSpec[] = [
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
    name: 'replay',
    about: 'Send a stored text, or those that match, to an endpoint once more',
    positionals: '[ID]',
    options: [
      query,
      { name: 'to', value: 'URL', about: 'Where to; where each went last if left out' },
      { name: 'text', value: 'T', about: 'Send this text in place of its own' },
      forwardFormat,
      forwardAnywhere,
      json,
    ],
    examples: [
      'thingspace-sms replay 2zztqr-63',
      "thingspace-sms replay --query 'device:5555 after:1h' --to http://localhost:3000/sms",
    ],
  },
  {
    name: 'forwards',
    about: 'Show or change which texts are always sent on to endpoints, and show or renew what they are signed with',
    positionals: '[list] [add|remove URL] [secret [renew]]',
    options: [query, forwardFormat, forwardAnywhere, json],
    examples: [
      'thingspace-sms forwards add http://localhost:3000/sms --query alarm',
      'thingspace-sms forwards remove http://localhost:3000/sms',
      'thingspace-sms forwards secret',
    ],
  },
  {
    name: 'export',
    about: 'Write stored texts to a file, oldest first, with a hash chain that shows later changes',
    options: [
      { name: 'format', value: 'ndjson|csv', about: 'ndjson if left out' },
      query,
      { name: 'output', value: 'FILE', about: 'Write there once it is whole; standard output if left out, or -' },
    ],
    examples: [
      'thingspace-sms export --format csv --output texts.csv',
      "thingspace-sms export --format ndjson --query 'after:1d' > yesterday.ndjson",
    ],
  },
  {
    name: 'verify',
    about: 'Check an export (-: standard input), and name the first row that was changed, added or removed',
    positionals: 'FILE',
    options: [json],
    examples: ['thingspace-sms verify texts.csv'],
  },
  {
    name: 'doctor',
    about: 'Look at each hop between ThingSpace and this computer, and name the first that fails',
    options: [
      { ...account, many: true },
      {
        name: 'report',
        value: 'FILE',
        about: 'Write what was found, the state and the log there, all that is private left out',
      },
      json,
    ],
    examples: [
      'thingspace-sms doctor',
      'thingspace-sms doctor --account 0000123456-00001 --json',
      'thingspace-sms doctor --report report.txt',
    ],
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
  {
    name: 'service',
    about: 'Print what runs this program as a service: a systemd user unit, a launchd agent, or a file for WinSW',
    positionals: 'systemd|launchd|windows [-- COMMAND …]',
    options: [],
    examples: [
      'thingspace-sms service systemd > ~/.config/systemd/user/thingspace-sms.service',
      'thingspace-sms service systemd -- listen --account 0000123456-00001 --mode poll',
    ],
  },
  {
    name: 'completion',
    about: 'Print what a shell needs to complete this command line, or the man page',
    positionals: 'bash|zsh|fish|man',
    options: [],
    examples: [
      'source <(thingspace-sms completion bash)',
      'thingspace-sms completion fish > ~/.config/fish/completions/thingspace-sms.fish',
      'thingspace-sms completion man | man -l -',
    ],
  },
];
