import { type CommandSpec } from './command-spec.ts';
import { choicesIn, isPath, optionsOf } from './option-values.ts';

function valueCases(command: CommandSpec): readonly string[] {
  return optionsOf(command).flatMap(({ name, value }) => {
    if (value === null) return [];
    const choices = choicesIn(value);
    const make = isPath(value) ? 'compgen -f -- "$word"' : `compgen -W '${choices.join(' ')}' -- "$word"`;
    return [`        ${command.name}:--${name}) mapfile -t COMPREPLY < <(${make}); return ;;`];
  });
}

function wordCase(command: CommandSpec): string {
  const words = [...optionsOf(command).map(({ name }) => `--${name}`), ...choicesIn(command.positionals)].join(' ');
  const files = isPath(command.positionals) ? '; compgen -f -- "$word"' : '';
  return `        ${command.name}) mapfile -t COMPREPLY < <(compgen -W '${words}' -- "$word"${files}) ;;`;
}

/** For bash 4 and later: `source <(thingspace-sms completion bash)`. */
export function bashCompletion(table: readonly CommandSpec[]): string {
  const names = [...table.map(({ name }) => name), '--help', '--version'].join(' ');
  return [
    '# thingspace-sms: source <(thingspace-sms completion bash)',
    '_thingspace_sms() {',
    '    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}',
    '    COMPREPLY=()',
    '    if (( COMP_CWORD == 1 )); then',
    `        mapfile -t COMPREPLY < <(compgen -W '${names}' -- "$word")`,
    '        return',
    '    fi',
    '    case $command:$before in',
    ...table.flatMap(valueCases),
    '    esac',
    '    case $command in',
    ...table.map(wordCase),
    '    esac',
    '}',
    'complete -F _thingspace_sms thingspace-sms',
  ].join('\n');
}
