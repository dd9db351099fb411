import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../words/words-context.ts';

interface AppDialogProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the window: keeps the focus, Escape and a press outside close it. */
export function AppDialog({ title, wide = false, onClose, children }: AppDialogProps) {
  const words = useWords();
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={wide ? 'modal wide' : 'modal'}>
        <Dialog className="dialog">
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
        <button type="button" className="button danger" disabled={props.busy} onClick={props.onYes}>
          {props.yes}
        </button>
      </footer>
    </AppDialog>
  );
}
