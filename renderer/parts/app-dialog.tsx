import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../words/words-context.ts';
import { BusyButton } from './busy-button.tsx';
import { nextPicture } from './next-frame.ts';

interface AppDialogProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the window: keeps the focus, Escape and a press outside close it. */
export function AppDialog({ title, wide = false, onClose, children }: AppDialogProps) {
  const words = useWords();
  const dialog = useRef<HTMLElement>(null);
  useEffect(() => (dialog.current ? keepFocus(dialog.current) : undefined), []);
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={wide ? 'modal wide' : 'modal'}>
        <Dialog ref={dialog} className="dialog">
          <header>
            <Heading slot="title">{title}</Heading>
            <button type="button" className="icon-button" aria-label={words.close} onClick={onClose}>
              <X size={16} aria-hidden />
            </button>
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/**
 * Takes the focus back where the part that had it went away or was disabled: from nothing neither Tab nor Escape leads
 * on. The browser drops it only with the next picture. Returns what ends it.
 */
function keepFocus(dialog: HTMLElement): () => void {
  const takeBack = (): void => {
    if (dialog.isConnected && document.activeElement === document.body) dialog.focus();
  };
  const watch = new MutationObserver(() => void nextPicture().then(takeBack));
  watch.observe(dialog, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  return () => watch.disconnect();
}

/** A question with a yes that says what it does. Cancel has the focus: a stray Enter does nothing. */
export function ConfirmDialog(props: {
  title: string;
  body: string;
  yes: string;
  busy: boolean;
  onYes: () => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const words = useWords();
  return (
    <AppDialog title={props.title} onClose={props.onClose}>
      <p>{props.body}</p>
      {props.children}
      <footer>
        <button type="button" className="button" onClick={props.onClose} autoFocus>
          {words.cancel}
        </button>
        <BusyButton type="button" className="button danger" busy={props.busy} onClick={props.onYes}>
          {props.yes}
        </BusyButton>
      </footer>
    </AppDialog>
  );
}
