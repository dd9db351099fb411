import type { PublicError } from '../../preload/contract/errors.ts';
import { type MethodName, methods, type Output, type ParsedInput } from '../../preload/contract/methods.ts';
import { fail, type Result } from '../../preload/contract/result.ts';
import type { Log } from '../core/ports.ts';
import type { Router } from './core.ts';

/** One for each method; a missing one does not compile. */
export type Handlers = {
  readonly [N in MethodName]: (input: ParsedInput<N>) => Promise<Result<Output<N>, PublicError>>;
};

/** May this caller call it, does the input parse, then the handler: anything else is refused in words. */
export function createRouter(handlers: Handlers, log: Log): Router {
  return {
    async handle(caller, name, input) {
      if (!isMethod(name)) return fail(refusal('not-allowed', `There is no method "${name.slice(0, 64)}".`));
      const method = methods[name];
      if (!method.callers.includes(caller))
        return fail(refusal('not-allowed', `"${name}" may not be called from here.`));
      const parsed = method.input.safeParse(input);
      if (!parsed.success) return fail(refusal('bad-input', inWords(parsed.error.issues)));
      try {
        return await run(handlers, name, parsed.data);
      } catch (bug) {
        log.write('error', 'handler-broke', {
          name,
          bug: bug instanceof Error ? (bug.stack ?? bug.message) : String(bug),
        });
        return fail(refusal('internal', 'That did not work because of an error in this app. Details are in its log.'));
      }
    },
  };
}

function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

/** The schema of `name` made `input`, so the handler of `name` takes it: a tie that the type system cannot follow. */
function run(handlers: Handlers, name: MethodName, input: unknown): Promise<Result<unknown, PublicError>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const handler = handlers[name] as (input: unknown) => Promise<Result<unknown, PublicError>>;
  return handler(input);
}

function inWords(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const [first] = issues;
  if (!first) return 'The input is not what this method takes.';
  const where = first.path.map(String).join('.');
  return where === '' ? first.message : `${where}: ${first.message}`;
}

export function refusal(code: PublicError['code'], message: string): PublicError {
  return { code, message, service: null };
}
