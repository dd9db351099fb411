import type { PublicError } from '../../preload/contract/errors.ts';
import type { CommandContext } from './command.ts';
import { type ExitCode, tellFailure } from './io.ts';
import { problemJson } from './json-lines.ts';

/** Tells a failure to a person, and with `--json` to the script too. */
export async function failed({ terminal, options }: CommandContext, error: PublicError): Promise<ExitCode> {
  if (options.has('json')) await terminal.out(problemJson({ ...error, account: options.text('account') }));
  return tellFailure(terminal, error);
}
