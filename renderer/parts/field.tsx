import { FieldError, Input, Label, Text, TextField, type TextFieldProps } from 'react-aria-components';

/** A labelled line of input with its hint and what is wrong with it. */
export function Field(
  props: Omit<TextFieldProps, 'children' | 'className'> & {
    label: string;
    hint?: string;
    problem?: string | null;
    mono?: boolean;
  },
) {
  const { label, hint, problem, mono, autoFocus = false, ...rest } = props;
  return (
    <TextField {...rest} className="field" isInvalid={Boolean(problem)} validationBehavior="aria">
      <Label>{label}</Label>
      {/* The input's own focus comes with it, so that no letter typed at once is lost. */}
      <Input autoFocus={autoFocus} className={mono ? 'input mono' : 'input'} spellCheck={false} autoCapitalize="off" />
      {hint ? (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="field-error">{problem}</FieldError>
    </TextField>
  );
}
