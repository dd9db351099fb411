import { Fragment, useEffect, useMemo, useState } from 'react';
import type { Message } from '../../preload/contract/message.ts';
import { useBridge } from '../parts/bridge-context.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { useWords } from '../words/words-context.ts';
import { bestIdentifier } from './device.ts';
import { type Joined, joinedParts, partOf } from './multipart.ts';

/** Texts of the device on either side among which parts are looked for. */
const neighboursEachWay = 50;

/** A long text that came in parts, put together again; nothing for a text that is whole. */
export function JoinedText({ message, revision }: { message: Message; revision: number }) {
  const words = useWords();
  const joined = useJoined(message, revision);
  if (!joined) return null;
  const title = words.detail.parts.title(joined.filter((part) => part !== null).length, joined.length);
  const whole = joined.map((part, index) => part ?? `[${words.detail.parts.hole(index + 1)}]`).join('');
  return (
    <section className="raw decoded" aria-label={title}>
      <header>
        <h3>{title}</h3>
        <CopyButton text={whole} label={words.detail.copy(title)} />
      </header>
      <p className="joined-text">
        {joined.map((part, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
          <Fragment key={index}>
            {part === null ? (
              <span className="hole">{words.detail.parts.hole(index + 1)}</span>
            ) : (
              <MarkedText lines text={part} />
            )}
          </Fragment>
        ))}
      </p>
    </section>
  );
}

/** Null until it is known, and for a text that is no part. Asked again when stored rows change: the missing part may come. */
function useJoined(message: Message, revision: number): Joined | null {
  const bridge = useBridge();
  const part = useMemo(() => partOf(message.text), [message.text]);
  const device = bestIdentifier(message.deviceIds)?.id;
  const [joined, setJoined] = useState<Joined | null>(null);
  useEffect(() => {
    if (!part || device === undefined) return;
    let current = true;
    const query = `account:"${message.account}" device:"${device}"`;
    const at = Date.parse(message.receivedAt);
    const page = { query, limit: neighboursEachWay };
    void Promise.all([
      bridge.call('inbox.page', { ...page, before: message.sequence }),
      bridge.call('inbox.page', { ...page, after: message.sequence }),
    ]).then((pages) => {
      if (!current) return;
      const rows = pages.flatMap((answer) => (answer.ok ? answer.value.messages : []));
      setJoined(
        joinedParts(
          part,
          at,
          rows.map(({ text, receivedAt }) => ({ text, at: Date.parse(receivedAt) })),
        ),
      );
    });
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a change of the stored rows is why it is asked again
  }, [bridge, part, device, message, revision]);
  return part ? joined : null;
}
