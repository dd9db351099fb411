import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../preload/contract/methods.ts';
import type { WayIn } from '../../preload/contract/snapshot.ts';
import type { SecretKind } from '../../preload/contract/tunnel.ts';
import { Choice } from '../parts/choice.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';
import { draftProblems, secretOf, type TunnelDraft, tunnelFields, typedIn } from './tunnel-draft.ts';

interface TunnelFieldsProps {
  /** How the way in stands: a server's key may be trusted once it was opened. */
  readonly wayIn: WayIn;
  readonly draft: TunnelDraft;
  /** Each try that cannot be stored leads to the first field that is wrong. */
  readonly tries: number;
  readonly onDraft: (draft: TunnelDraft) => void;
}

/** What the chosen kind needs: its fields, its secret, and the key of its server. */
export function TunnelFields({ wayIn, draft, tries, onDraft }: TunnelFieldsProps) {
  const words = useWords().tunnel;
  const problems = draftProblems(draft, words);
  const secret = secretOf(draft);
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (tries > 0) grid.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);
  const [kept, look] = useAsk('tunnel.kept');
  useEffect(() => {
    if (wayIn.state !== 'opening') void look({});
  }, [look, wayIn.state]);
  const known: Kept = { kept: kept.kind === 'done' ? kept.value : null, again: () => void look({}) };
  const specs = tunnelFields[draft.kind].filter(({ name }) => name !== 'keyFile' || draft.auth === 'key');
  return (
    <>
      {draft.kind === 'ssh' ? (
        <Choice
          label={words.auth}
          value={draft.auth}
          options={words.auths}
          onChange={(auth) => onDraft({ ...draft, auth })}
        />
      ) : null}
      <div ref={grid} className="field-grid">
        {specs.map(({ name, needed, number }) => (
          <Field
            key={name}
            mono
            label={needed ? words.fields[name].label : `${words.fields[name].label} (${words.optional})`}
            hint={words.fields[name].hint}
            inputMode={number ? 'numeric' : 'text'}
            value={draft.typed[name] ?? ''}
            problem={tries > 0 || typedIn(draft, name) !== '' ? (problems[name] ?? null) : null}
            onChange={(value) => onDraft({ ...draft, typed: { ...draft.typed, [name]: value } })}
          />
        ))}
      </div>
      {secret === null ? null : <TunnelSecret key={secret} kind={secret} known={known} />}
      {draft.kind === 'ssh' ? (
        <TrustedKey host={typedIn(draft, 'host')} port={typedIn(draft, 'port')} known={known} />
      ) : null}
    </>
  );
}

/** What is kept for tunnels, and how to look again after a change of it. */
interface Kept {
  readonly kept: Output<'tunnel.kept'> | null;
  readonly again: () => void;
}

/** Whether the keychain has it is shown, never what it is. */
function TunnelSecret({ kind, known }: { kind: SecretKind; known: Kept }) {
  const words = useWords().tunnel;
  const [typed, setTyped] = useState('');
  const { kept, again } = known;
  const [saved, save] = useAsk('tunnel.saveSecret');
  const [cleared, clear] = useAsk('tunnel.clearSecret');
  const stored = kept?.secrets.some((secret) => secret.kind === kind && secret.stored) ?? false;

  async function keep(): Promise<void> {
    const outcome = await save({ kind, secret: typed.trim() });
    if (outcome.kind === 'done') setTyped('');
    again();
  }

  async function forget(): Promise<void> {
    await clear({ kind });
    again();
  }

  return (
    <div className="tunnel-secret">
      <Field
        mono
        type="password"
        autoComplete="off"
        label={words.secrets[kind].label}
        hint={stored ? words.secretKept : words.secrets[kind].hint}
        value={typed}
        onChange={setTyped}
      />
      <div className="beside">
        <button
          type="button"
          className="button"
          disabled={typed.trim() === '' || saved.kind === 'asked'}
          onClick={() => void keep()}
        >
          {words.keep}
        </button>
        {stored ? (
          <button type="button" className="button" onClick={() => void forget()}>
            {words.forget}
          </button>
        ) : null}
      </div>
      {kept?.problem ? <Failure alert={false} error={{ message: kept.problem, service: null }} /> : null}
      {[saved, cleared].map((asked, index) =>
        // oxlint-disable-next-line react/no-array-index-key -- two fixed places
        asked.kind === 'failed' ? <Failure key={index} error={asked.error} /> : null,
      )}
    </div>
  );
}

/** The key of the server that is typed, where one is trusted already. */
function TrustedKey({ host, port, known }: { host: string; port: string; known: Kept }) {
  const words = useWords().tunnel;
  const [forgotten, forget] = useAsk('tunnel.forgetHost');
  const name = `${host.toLowerCase()}:${port === '' ? '22' : port}`;
  const trusted = known.kept?.hosts.find((each) => each.host === name);
  if (!trusted) return null;

  async function drop(): Promise<void> {
    await forget({ host: name });
    known.again();
  }

  return (
    <div className="trusted-key">
      <p>{words.trusted(trusted.host)}</p>
      <p className="mono">{trusted.fingerprint}</p>
      <p className="hint">{words.trustedMeaning}</p>
      <button type="button" className="button" onClick={() => void drop()}>
        {words.forgetHost}
      </button>
      {forgotten.kind === 'failed' ? <Failure error={forgotten.error} /> : null}
    </div>
  );
}
