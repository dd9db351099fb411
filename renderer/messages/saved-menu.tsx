import { Bookmark, BookmarkCheck } from 'lucide-react';
import { memo } from 'react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { useWords } from '../words/words-context.ts';
import type { SavedSearches } from './saved-searches.ts';

interface SavedMenuProps {
  readonly query: string;
  readonly saved: SavedSearches;
  readonly onQuery: (query: string) => void;
}

/** Searches to come back to: keeps the present one, or goes to one that was kept. */
export const SavedMenu = memo(function SavedMenu({ query, saved, onQuery }: SavedMenuProps) {
  const words = useWords();
  const kept = saved.has(query);
  const Icon = kept ? BookmarkCheck : Bookmark;
  return (
    <MenuTrigger>
      <Button className="icon-button saved-button" aria-label={words.list.saved.button}>
        <Icon size={15} aria-hidden />
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <Menu className="menu">
          <MenuItem isDisabled={query === ''} onAction={() => saved.toggle(query)}>
            {query === '' ? words.list.saved.nothing : kept ? words.list.saved.forget : words.list.saved.keep}
          </MenuItem>
          {saved.all.length > 0 ? (
            <MenuSection>
              <Header className="menu-header">{words.list.saved.button}</Header>
              {saved.all.map((one) => (
                <MenuItem key={one} id={one} className="saved-search mono" onAction={() => onQuery(one)}>
                  {one}
                </MenuItem>
              ))}
            </MenuSection>
          ) : null}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
});
