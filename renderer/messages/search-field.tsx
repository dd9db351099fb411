import { Search, X } from 'lucide-react';
import { type KeyboardEvent, memo, type RefObject, useEffect, useMemo, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useNow } from '../parts/use-now.ts';
import { useWords } from '../words/words-context.ts';
import { completions } from './completion.ts';
import { useSoughtDevices } from './use-sought-devices.ts';

interface SearchFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly accounts: readonly string[];
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onDone: () => void;
}

/**
 * What is searched; a list beneath shows how a key of the search language may go on. The box costs more to draw than the
 * rest of the bar: it is left alone while only rows come.
 */
export const SearchField = memo(function SearchField(props: SearchFieldProps) {
  const { field, accounts, query, onQuery, onDone } = props;
  const words = useWords();
  const [open, setOpen] = useState(false);
  const now = useNow(60_000);
  const { devices, state } = useSoughtDevices(query);
  const found = useMemo(() => completions(query, { devices, accounts, now }), [query, devices, accounts, now]);

  useEffect(() => (field.current ? letBeRefocused(field.current) : undefined), [field]);
  useEffect(() => {
    if (open) letBeRead();
  }, [open]);

  function onKey(event: KeyboardEvent): void {
    const chosen = field.current?.hasAttribute('aria-activedescendant') ?? false;
    // Escape closes the list first; only the next one clears the search.
    if (event.key === 'Escape' && open) event.preventDefault();
    if ((event.key === 'Enter' && !chosen) || (event.key === 'ArrowDown' && !(open && found.length > 0))) {
      event.preventDefault();
      event.stopPropagation();
      onDone();
    }
  }

  return (
    <div className="search-frame" onKeyDownCapture={onKey}>
      <ComboBox
        className="search"
        aria-label={words.list.search}
        allowsCustomValue
        inputValue={query}
        onInputChange={onQuery}
        selectedKey={null}
        onSelectionChange={(key) => {
          const chosen = found.find(({ term }) => term === key);
          if (chosen) onQuery(chosen.query);
        }}
        items={found}
        // It would close, and not open again when the answer comes.
        allowsEmptyCollection={state === 'waiting' || state === 'none'}
        onOpenChange={setOpen}
      >
        <Search size={14} aria-hidden />
        <Input ref={field} maxLength={1024} placeholder={words.list.search} spellCheck={false} />
        {query === '' ? (
          <kbd aria-hidden>/</kbd>
        ) : (
          <button type="button" className="icon-button small" aria-label={words.list.clear} onClick={() => onQuery('')}>
            <X size={14} aria-hidden />
          </button>
        )}
        <Popover className="menu-popover completions" placement="bottom start">
          <ListBox
            className="menu"
            items={found}
            renderEmptyState={() =>
              state === 'none' ? <p className="hint completions-none">{words.devices.noneFound}</p> : null
            }
          >
            {({ term, about }) => (
              <ListBoxItem id={term} textValue={term} className="completion">
                <span className="mono">{term}</span> <span className="hint">{about}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </div>
  );
});

/**
 * A dialog that is closed gives the focus back to what had it. The box would refuse that, as one that handles the focus
 * of its options by itself. Returns what ends it.
 */
function letBeRefocused(field: HTMLElement): () => void {
  const stop = (event: Event): void => event.stopImmediatePropagation();
  field.addEventListener('react-aria-focus-scope-restore', stop, true);
  return () => field.removeEventListener('react-aria-focus-scope-restore', stop, true);
}

const focusable = 'button, input, [tabindex]';

/**
 * The completions are not modal: the rows can still be pressed and read. react-aria hides what is around them from
 * screen readers, though it can be focused.
 */
function letBeRead(): void {
  for (const hidden of document.querySelectorAll('.window [aria-hidden="true"]'))
    if (hidden.matches(focusable) || hidden.querySelector(focusable)) hidden.removeAttribute('aria-hidden');
}
