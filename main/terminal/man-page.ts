import { type CommandSpec, globalOptions, type OptionSpec } from './command-spec.ts';

/** Roff reads a backslash as an escape, a leading dot or quote as a request, a bare hyphen as a break; and ASCII only. */
function escape(text: string): string {
  const plain = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
  return plain.replaceAll(/[^\x20-\x7e]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `\\[u${code}]`;
  });
}

function optionLines({ name, value, many, about }: OptionSpec): readonly string[] {
  const argument = value === null ? '' : ` \\fI${escape(value)}\\fR${many ? ' ...' : ''}`;
  return ['.TP', `\\fB\\-\\-${escape(name)}\\fR${argument}`, escape(about)];
}

function commandLines({ name, about, positionals, options, examples }: CommandSpec): readonly string[] {
  const argument = positionals === undefined ? '' : ` ${escape(positionals)}`;
  return [
    `.SS ${escape(name)}${argument}`,
    `${escape(about)}.`,
    ...options.flatMap(optionLines),
    '.PP',
    examples.length === 1 ? 'Example:' : 'Examples:',
    '.PP',
    '.nf',
    '.RS',
    ...examples.map(escape),
    '.RE',
    '.fi',
  ];
}

const exitCodes: readonly (readonly [string, string])[] = [
  ['0', 'Done. Also after SIGINT or SIGTERM for listen, serve, simulate and demo.'],
  ['1', 'Failed.'],
  ['2', 'Wrong usage.'],
  ['3', 'Signing in was refused, or is stopped so that the user is not locked.'],
  ['124', 'The time given by --timeout ran out.'],
];

const environment: readonly (readonly [string, string])[] = [
  [
    'THINGSPACE_APP_KEY, THINGSPACE_APP_SECRET, THINGSPACE_USERNAME, THINGSPACE_PASSWORD',
    'Credentials for one run, instead of the keychain: all four or none.',
  ],
  ['THINGSPACE_SMS_DATA_DIR', 'As --data-dir.'],
  ['THINGSPACE_API_BASE', 'As --api-base.'],
  ['NO_COLOR', 'No colours.'],
];

function terms(list: readonly (readonly [string, string])[]): readonly string[] {
  return list.flatMap(([term, about]) => ['.TP', `\\fB${escape(term)}\\fR`, escape(about)]);
}

/** The man page (section 1), from the same table as the help: `thingspace-sms completion man | man -l -`. */
export function manPage(table: readonly CommandSpec[]): string {
  return [
    '.TH THINGSPACE\\-SMS 1',
    '.SH NAME',
    'thingspace\\-sms \\- get the texts that your Verizon ThingSpace devices send',
    '.SH SYNOPSIS',
    '.B thingspace\\-sms',
    '\\fICOMMAND\\fR [\\fIoptions\\fR]',
    '.SH DESCRIPTION',
    'Gets the texts of ThingSpace accounts by callback or from their queue, keeps them on this computer, and shows them.',
    'Results go to standard output, everything else to standard error.',
    '.SH COMMANDS',
    ...table.flatMap(commandLines),
    '.SH OPTIONS OF EVERY COMMAND',
    ...globalOptions.flatMap(optionLines),
    '.SH EXIT STATUS',
    ...terms(exitCodes),
    '.SH ENVIRONMENT',
    ...terms(environment),
  ].join('\n');
}
