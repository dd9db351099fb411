import { useCallback, useState } from 'react';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Input, MethodName, Output } from '../../preload/contract/methods.ts';
import { useBridge } from './bridge-context.ts';

/** How far a question to the core is. */
export type Asked<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asked' }
  | { readonly kind: 'done'; readonly value: T; readonly at: number }
  | { readonly kind: 'failed'; readonly error: PublicError };

const idle = { kind: 'idle' } as const;

/**
 * One method of the contract, and how the last call of it stands. What came of it is forgotten once `during` is another,
 * and a failure once `failure` is.
 */
export function useAsk<N extends MethodName>(
  name: N,
  { during = '', failure = '' } = {},
): readonly [Asked<Output<N>>, (input: Input<N>) => Promise<Asked<Output<N>>>] {
  const bridge = useBridge();
  const [asked, setAsked] = useState<Asked<Output<N>>>(idle);
  const [since, setSince] = useState({ during, failure });
  if (since.during !== during || since.failure !== failure) {
    setSince({ during, failure });
    if (since.during !== during || asked.kind === 'failed') setAsked(idle);
  }
  const ask = useCallback(
    async (input: Input<N>): Promise<Asked<Output<N>>> => {
      setAsked({ kind: 'asked' });
      const answer = await bridge.call(name, input);
      const next: Asked<Output<N>> = answer.ok
        ? { kind: 'done', value: answer.value, at: Date.now() }
        : { kind: 'failed', error: answer.error };
      setAsked(next);
      return next;
    },
    [bridge, name],
  );
  return [asked, ask];
}
