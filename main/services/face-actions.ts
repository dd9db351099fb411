import type { PublicError } from '../../preload/contract/errors.ts';
import { methods, type Output } from '../../preload/contract/methods.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { refusal } from './router.ts';
import type { SpokenCore } from './spoken-core.ts';

/** What a face can do beside the core. */
export interface FaceAction {
  readonly id: string;
  /** In English. */
  readonly title: string;
}

export interface FaceHands<A extends FaceAction> {
  /** What can be done as things stand. */
  readonly offered: () => readonly A[];
  readonly perform: (action: A) => Promise<Output<'face.do'>>;
}

/** The core that also answers windows that ask for what the face around them does itself. */
export function withFaceActions<A extends FaceAction>(
  core: SpokenCore,
  { offered, perform }: FaceHands<A>,
): SpokenCore {
  const { say, router } = core;

  async function act(input: unknown): Promise<Result<Output<'face.do'>, PublicError>> {
    const parsed = methods['face.do'].input.safeParse(input);
    const action = parsed.success ? offered().find(({ id }) => id === parsed.data.id) : undefined;
    if (!action) return fail(refusal('bad-input', say('This cannot be done here now.')));
    const { sentence, file } = await perform(action);
    return ok({ sentence: sentence === null ? null : say(sentence), file });
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
