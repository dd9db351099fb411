import { type CommandSpec, globalOptions, type OptionSpec } from './command-spec.ts';

/** Every option of a command, those of all commands included. */
export function optionsOf(command: CommandSpec): readonly OptionSpec[] {
  return [...command.options, ...globalOptions];
}

/** The words that a value is chosen from, where help writes it so: `auto|poll`, `[add|remove NAME]`. Else none. */
export function choicesIn(written: string | null | undefined): readonly string[] {
  return (written ?? '').includes('|') ? ((written ?? '').match(/[a-z]+(?:-[a-z]+)*/g) ?? []) : [];
}

/** Whether a value names something in the file system. */
export function isPath(written: string | null | undefined): boolean {
  return written === 'FILE' || written === 'DIR';
}
