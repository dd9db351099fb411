import type { PublicError } from '../../preload/contract/errors.ts';

/** Whether other credentials would help. */
export function isRefusedSignIn({ code }: Pick<PublicError, 'code'>): boolean {
  return code === 'sign-in-refused' || code === 'sign-in-stopped';
}
