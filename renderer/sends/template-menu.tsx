import { SquareTerminal } from 'lucide-react';
import { Button, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import type { Template } from '../../preload/contract/template.ts';
import { MarkedText } from '../parts/marked-text.tsx';
import { useWords } from '../words/words-context.ts';
import type { Shelf } from './use-shelf.ts';

/** Commands to choose from, by keyboard too; the text in the field can be kept as one. */
export function TemplateMenu(props: { text: string; shelf: Shelf; onChoose: (template: Template) => void }) {
  const words = useWords();
  const { text, shelf, onChoose } = props;
  const kept = shelf.templates.find((one) => one.text === text);
  return (
    <MenuTrigger>
      <Button className="button">
        <SquareTerminal size={14} aria-hidden />
        {words.send.templates.button}
      </Button>
      <Popover className="menu-popover" placement="top start">
        <Menu className="menu">
          <MenuSection>
            {shelf.templates.map((one) => (
              <MenuItem key={one.name} id={one.name} textValue={one.name} onAction={() => onChoose(one)}>
                <span className="template-name">
                  <MarkedText text={one.name} />
                </span>
                <span className="mono template-text">
                  <MarkedText text={one.text} />
                </span>
              </MenuItem>
            ))}
          </MenuSection>
          <MenuItem
            isDisabled={text === ''}
            onAction={() => (kept ? shelf.forgetTemplate(kept.name) : shelf.keepTemplate(text))}
          >
            {text === ''
              ? words.send.templates.none
              : kept
                ? words.send.templates.forget(kept.name)
                : words.send.templates.keep}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
