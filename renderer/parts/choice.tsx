import { Label, Radio, RadioGroup } from 'react-aria-components';

/** One of a few, side by side. */
export function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: Readonly<Record<T, string>>;
  onChange: (value: T) => void;
}) {
  const keys = Object.keys(props.options).filter((key): key is T => key in props.options);
  return (
    <RadioGroup
      className="field choice"
      value={props.value}
      onChange={(value) => {
        const chosen = keys.find((key) => key === value);
        if (chosen !== undefined) props.onChange(chosen);
      }}
      orientation="horizontal"
    >
      <Label>{props.label}</Label>
      <div className="choices">
        {keys.map((key) => (
          <Radio key={key} value={key} className="choice-option">
            {props.options[key]}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
