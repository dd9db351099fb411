import { Switch } from 'react-aria-components';

/** On or off, at once. */
export function SwitchField(props: { label: string; hint?: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <div className="field">
      <Switch className="switch" isSelected={props.on} onChange={props.onChange}>
        <span className="switch-track" aria-hidden />
        {props.label}
      </Switch>
      {props.hint ? <span className="hint">{props.hint}</span> : null}
    </div>
  );
}
