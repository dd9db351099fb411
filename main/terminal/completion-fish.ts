import { type CommandSpec, type OptionSpec } from './command-spec.ts';
import { choicesIn, isPath, optionsOf } from './option-values.ts';

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function argumentsOf(written: string | null | undefined): string {
  const choices = choicesIn(written);
  if (choices.length > 0) return ` -a ${quote(choices.join(' '))}`;
  return isPath(written) ? ' -F' : '';
}

function optionLine(command: CommandSpec, { name, value, about }: OptionSpec): string {
  // -x: an argument that is no file.
  const takes = value === null ? '' : ` ${isPath(value) ? '-r' : '-x'}${argumentsOf(value)}`;
  return `complete -c thingspace-sms -n '__fish_seen_subcommand_from ${command.name}' -l ${name}${takes} -d ${quote(about)}`;
}

function commandLines(command: CommandSpec): readonly string[] {
  const { name, about, positionals } = command;
  const positional = argumentsOf(positionals);
  return [
    `complete -c thingspace-sms -n __fish_use_subcommand -a ${name} -d ${quote(about)}`,
    ...(positional === '' ? [] : [`complete -c thingspace-sms -n '__fish_seen_subcommand_from ${name}'${positional}`]),
    ...optionsOf(command).map((option) => optionLine(command, option)),
  ];
}

/** For fish: `thingspace-sms completion fish > ~/.config/fish/completions/thingspace-sms.fish`. */
export function fishCompletion(table: readonly CommandSpec[]): string {
  return [
    '# thingspace-sms completion fish > ~/.config/fish/completions/thingspace-sms.fish',
    'complete -c thingspace-sms -f',
    ...table.flatMap(commandLines),
  ].join('\n');
}
