import { useContext, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  Text,
  useFilter,
} from 'react-aria-components';
import { useWords } from '../words/words-context.ts';
import { ActionBookContext, type OfferedAction } from './offered-actions.ts';
import { useFaceActions } from './use-face-actions.ts';

interface PaletteProps {
  /** Closes it first. */
  readonly onRun: (action: OfferedAction) => void;
  readonly onClose: () => void;
}

/** Every action of the window by its name: type a part of it, Enter does it. */
export function Palette({ onRun, onClose }: PaletteProps) {
  const words = useWords();
  const book = useContext(ActionBookContext);
  const [offered] = useState(() => book?.all() ?? []);
  const actions = [...offered, ...useFaceActions()];
  const { contains } = useFilter({ sensitivity: 'base' });

  function run(id: string): void {
    const action = actions.find((one) => one.id === id);
    if (action) onRun(action);
  }

  return (
    <ModalOverlay className="overlay palette-overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="modal palette">
        <Dialog className="palette-dialog" aria-label={words.palette.title}>
          <Autocomplete filter={(text, typed) => everyWord(text, typed, contains)}>
            <SearchField aria-label={words.palette.placeholder} className="palette-field">
              {/* The input's own: it has the focus as soon as it stands, so that no letter typed at once is lost. */}
              <Input autoFocus placeholder={words.palette.placeholder} spellCheck={false} />
            </SearchField>
            <div className="palette-scroll" tabIndex={0} role="region" aria-label={words.palette.title}>
              <Menu
                className="menu"
                items={actions}
                onAction={(id) => run(String(id))}
                renderEmptyState={() => <p className="hint palette-none">{words.palette.none}</p>}
              >
                {(action) => (
                  <MenuItem id={action.id} textValue={`${action.title} ${action.about ?? ''}`} className="palette-item">
                    <Text slot="label">
                      {action.title} {action.about === undefined ? null : <span className="hint">{action.about}</span>}{' '}
                      {action.keys === undefined ? null : <kbd>{action.keys}</kbd>}
                    </Text>
                  </MenuItem>
                )}
              </Menu>
            </div>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Whether each typed word stands somewhere: `fetch 0002` finds that of one account. */
export function everyWord(text: string, typed: string, contains: (text: string, part: string) => boolean): boolean {
  return typed
    .split(/\s+/u)
    .filter((word) => word !== '')
    .every((word) => contains(text, word));
}
