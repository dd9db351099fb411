import { type CommandSpec, type OptionSpec } from './command-spec.ts';
import { choicesIn, isPath, optionsOf } from './option-values.ts';

/** Within single quotes, where `:` and brackets part the fields of a specification. */
function escape(text: string): string {
  return text.replaceAll(/[\\:[\]]/g, '\\$&').replaceAll("'", "'\\''");
}

function actionOf(written: string | null | undefined): string {
  const choices = choicesIn(written);
  if (choices.length > 0) return `(${choices.join(' ')})`;
  return isPath(written) ? '_files' : ' ';
}

function optionSpec({ name, value, many, about }: OptionSpec): string {
  const repeats = many ? '*' : '';
  const argument = value === null ? '' : `:${escape(value)}:${actionOf(value)}`;
  return `'${repeats}--${name}[${escape(about)}]${argument}'`;
}

function commandCase(command: CommandSpec): string {
  const positional =
    command.positionals === undefined ? [] : [`'*:${escape(command.positionals)}:${actionOf(command.positionals)}'`];
  const specs = [...optionsOf(command).map(optionSpec), ...positional];
  return `        ${command.name}) _arguments ${specs.join(' \\\n            ')} ;;`;
}

/** For zsh: `source <(thingspace-sms completion zsh)`, or as `_thingspace-sms` in a folder of `$fpath`. */
export function zshCompletion(table: readonly CommandSpec[]): string {
  return [
    '#compdef thingspace-sms',
    '# source <(thingspace-sms completion zsh)',
    '_thingspace_sms() {',
    '    local -a commands',
    '    commands=(',
    ...table.map(({ name, about }) => `        '${name}:${escape(about)}'`),
    '    )',
    '    if (( CURRENT == 2 )); then',
    "        _describe 'command' commands",
    '        return',
    '    fi',
    '    local command=$words[2]',
    '    shift words',
    '    (( CURRENT-- ))',
    '    case $command in',
    ...table.map(commandCase),
    '    esac',
    '}',
    // Sourced it registers itself; from $fpath it is the function's body.
    'if [[ $funcstack[1] == _thingspace-sms ]]; then _thingspace_sms "$@"; else compdef _thingspace_sms thingspace-sms; fi',
  ].join('\n');
}
