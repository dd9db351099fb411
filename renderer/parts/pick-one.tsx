import { ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue, Text } from 'react-aria-components';

/** One of several, in a list that opens. */
export function PickOne<T extends string>(props: {
  label: string;
  value: T;
  options: Readonly<Record<T, string>>;
  /** The label is for screen readers only: what stands around says it. */
  silent?: boolean;
  hint?: string;
  onChange: (value: T) => void;
}) {
  const keys = Object.keys(props.options).filter((key): key is T => key in props.options);
  return (
    <Select
      className="field pick"
      value={props.value}
      onChange={(value) => {
        const chosen = keys.find((key) => key === value);
        if (chosen !== undefined) props.onChange(chosen);
      }}
    >
      <Label className={props.silent ? 'unseen' : undefined}>{props.label}</Label>
      <Button className="input pick-button">
        <SelectValue />
        <ChevronDown size={14} aria-hidden />
      </Button>
      {props.hint === undefined ? null : (
        <Text slot="description" className="hint">
          {props.hint}
        </Text>
      )}
      <Popover className="menu-popover">
        <ListBox className="menu">
          {keys.map((key) => (
            <ListBoxItem key={key} id={key}>
              {props.options[key]}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
