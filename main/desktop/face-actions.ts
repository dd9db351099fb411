import type { PublicError } from '../../preload/contract/errors.ts';
import { methods, type Output } from '../../preload/contract/methods.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { FaceAction } from '../core/face-actions.ts';
import type { FaceCommand } from '../core/tray-menu.ts';
import { refusal } from '../services/router.ts';
import type { SpokenCore } from '../services/spoken-core.ts';

interface Hands {
  readonly offered: () => readonly FaceAction[];
  /** Answers a sentence for the person, or null. */
  readonly perform: (command: FaceCommand) => Promise<string | null>;
}

/** The core that also answers windows that ask for what the desktop does itself. */
export function withFaceActions(core: SpokenCore, { offered, perform }: Hands): SpokenCore {
  const { say, router } = core;

  async function act(input: unknown): Promise<Result<Output<'face.do'>, PublicError>> {
    const parsed = methods['face.do'].input.safeParse(input);
    const action = parsed.success ? offered().find(({ id }) => id === parsed.data.id) : undefined;
    if (!action) return fail(refusal('bad-input', say('This cannot be done here now.')));
    const sentence = await perform(action.command);
    return ok({ sentence: sentence === null ? null : say(sentence) });
  }

  return {
    ...core,
    router: {
      async handle(caller, name, input) {
        if (caller === 'window' && name === 'face.do') return act(input);
        const answer = await router.handle(caller, name, input);
        // The core itself can do none of it, so its answer only tells whether the question was in order.
        if (name !== 'face.actions' || !answer.ok) return answer;
        return ok({ actions: offered().map(({ id, title }) => ({ id, title: say(title) })) });
      },
    },
  };
}
