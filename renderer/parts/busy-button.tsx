import type { ComponentProps, MouseEvent } from 'react';

interface BusyButtonProps extends ComponentProps<'button'> {
  readonly type: 'button' | 'submit';
  /** At work: it does nothing then, nor does Enter in its form. */
  readonly busy: boolean;
}

/** A button that is at work for a while. It keeps the focus meanwhile, which falls to nothing where one is disabled. */
export function BusyButton({ busy, onClick, ...rest }: BusyButtonProps) {
  return <button {...rest} aria-disabled={busy || undefined} onClick={busy ? refuse : onClick} />;
}

function refuse(event: MouseEvent): void {
  event.preventDefault();
}
