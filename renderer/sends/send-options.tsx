import { placeholdersOf, valueOf } from '../../preload/contract/template.ts';
import { Field } from '../parts/field.tsx';
import { markOf } from '../parts/marks.ts';
import { PickOne } from '../parts/pick-one.tsx';
import { useWords } from '../words/words-context.ts';
import { type Draft, measured, secondsOf } from './draft.ts';

type Change = (change: Partial<Draft>) => void;

/** What stands in the places of a command. */
export function PlaceFields({ draft, onChange }: { draft: Draft; onChange: Change }) {
  const words = useWords();
  const names = placeholdersOf(draft.text);
  if (names.length === 0) return null;
  return (
    <div className="send-places">
      {names.map((name) => (
        <Field
          key={name}
          mono
          label={words.send.templates.value(name)}
          value={valueOf(draft.values, name)}
          onChange={(value) => onChange({ values: { ...draft.values, [name]: value } })}
        />
      ))}
    </div>
  );
}

/** How long the text is, and what speaks against it. */
export function Length({ draft }: { draft: Draft }) {
  const words = useWords();
  const { used, limit, encoding, outside, refusable } = measured(draft);
  if (outside !== null)
    return (
      <p className="length warn">{words.send.outside(/\p{C}/u.test(outside) ? markOf(outside) : outside, encoding)}</p>
    );
  const over = used > limit;
  return (
    <>
      <p className={over ? 'length warn' : 'length'}>
        {over ? words.send.over(used, limit, encoding) : words.send.length(used, limit, encoding)}
      </p>
      {refusable.length > 0 ? <p className="length warn">{words.send.refusable(refusable.join(' '))}</p> : null}
    </>
  );
}

/** The answer that is expected, the encoding, and how long ThingSpace tries. */
export function SendOptions({ draft, onChange }: { draft: Draft; onChange: Change }) {
  const words = useWords();
  const { send } = words;
  return (
    <details className="send-options">
      <summary>{send.options}</summary>
      <PickOne
        label={send.expectLabel}
        value={draft.expect}
        options={send.expectKinds}
        onChange={(expect) => onChange({ expect })}
      />
      {draft.expect === 'none' || draft.expect === 'any' ? null : (
        <Field mono label={send.expectValue} value={draft.value} onChange={(value) => onChange({ value })} />
      )}
      {draft.expect === 'none' ? null : (
        <Field
          label={send.expectSeconds}
          value={draft.seconds}
          problem={secondsOf(draft.seconds) === null ? send.secondsWrong : null}
          onChange={(seconds) => onChange({ seconds })}
        />
      )}
      <PickOne
        label={send.encoding}
        value={draft.encoding}
        options={send.encodings}
        hint={send.rule}
        onChange={(encoding) => onChange({ encoding })}
      />
      <PickOne label={send.life} value={draft.life} options={send.lives} onChange={(life) => onChange({ life })} />
    </details>
  );
}
