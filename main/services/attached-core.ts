import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import { message } from '../../preload/contract/message.ts';
import { type Input, type MethodName, methods } from '../../preload/contract/methods.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Core, Happening } from './core.ts';
import { refusal } from './router.ts';

/** Another process that owns the data directory, as it can be asked through its socket. */
export interface OwnerLink extends Bridge {
  /** Calls `listener` with what happens, as the owner's version of the app describes it. */
  onHappening(listener: (happening: unknown) => void): () => void;
  close(): void;
}

function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

/** Of what happens elsewhere a face is told the texts; all else is in the snapshot. */
function textOf(happening: unknown): Happening | null {
  if (typeof happening !== 'object' || happening === null || !('message' in happening)) return null;
  const parsed = message.safeParse(happening.message);
  return parsed.success ? { type: 'message', message: parsed.data } : null;
}

/** The core of another process as if it were this one's. Stopping it parts with that process, which goes on. */
export async function createAttachedCore(link: OwnerLink): Promise<Result<Core, PublicError>> {
  const first = await link.call('snapshot.get', {});
  if (!first.ok) return first;
  const chosen = await link.call('settings.get', {});
  if (!chosen.ok) return chosen;
  let snapshot = first.value;
  let settings = chosen.value;
  const ends = [
    link.onSnapshot((next) => {
      snapshot = next;
    }),
  ];

  async function call(name: MethodName, input: unknown): Promise<Result<unknown, PublicError>> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the owner parses it, as for any of its callers
    const answer = await link.call(name, input as Input<MethodName>);
    if (name.startsWith('settings.') || name.startsWith('account.')) {
      const now = await link.call('settings.get', {});
      if (now.ok) settings = now.value;
    }
    return answer;
  }

  return ok({
    router: {
      async handle(caller, name, input) {
        if (!isMethod(name) || !methods[name].callers.includes(caller))
          return fail(refusal('not-allowed', `"${name.slice(0, 64)}" may not be called from here.`));
        return call(name, input);
      },
    },
    snapshot: () => snapshot,
    settings: () => settings,
    onSnapshot: (listener) => link.onSnapshot(listener),
    onHappening: (listener) =>
      link.onHappening((happening) => {
        const text = textOf(happening);
        if (text) listener(text);
      }),
    // The owner watches for itself.
    woke() {},
    start() {},
    async stop() {
      for (const end of ends) end();
      link.close();
    },
  });
}
