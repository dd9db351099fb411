import { type CommandSpec, globalOptions, type OptionSpec } from './command-spec.ts';
import { commandTable } from './command-table.ts';

function optionLine({ name, value, many, about }: OptionSpec, width: number): string {
  const written = `--${name}${value === null ? '' : ` ${value}`}${many ? ' …' : ''}`;
  return `  ${written.padEnd(width)}  ${about}`;
}

function optionLines(options: readonly OptionSpec[]): readonly string[] {
  const width = Math.min(32, Math.max(...options.map(({ name, value }) => name.length + (value?.length ?? 0) + 5)));
  return options.map((option) => optionLine(option, width));
}

/** The help of one command, or of all. */
export function helpText(command: CommandSpec | null): string {
  if (command) {
    return [
      command.about + '.',
      '',
      `Usage: thingspace-sms ${command.name}${command.positionals ? ` ${command.positionals}` : ''} [options]`,
      '',
      ...(command.options.length > 0 ? ['Options:', ...optionLines(command.options), ''] : []),
      'Everywhere:',
      ...optionLines(globalOptions),
      '',
      'Examples:',
      ...command.examples.map((example) => `  ${example}`),
    ].join('\n');
  }
  return [
    'Watch the texts that your Verizon ThingSpace devices send.',
    '',
    'Usage: thingspace-sms COMMAND [options]',
    '',
    'Commands:',
    ...commandTable.map(({ name, about }) => `  ${name.padEnd(10)}  ${about}`),
    '',
    'Everywhere:',
    ...optionLines(globalOptions),
    '',
    'Credentials come from the keychain ("login"), or for one run from THINGSPACE_APP_KEY,',
    'THINGSPACE_APP_SECRET, THINGSPACE_USERNAME and THINGSPACE_PASSWORD.',
    '',
    'Start with: thingspace-sms demo',
    'More on a command: thingspace-sms COMMAND --help',
  ].join('\n');
}
