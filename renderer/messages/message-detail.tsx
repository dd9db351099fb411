import { MessagesSquare, X } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import type { MessageDetail as Detail, DeviceId, Lane, Message } from '../../preload/contract/message.ts';
import { SentOn } from '../developers/sent-on.tsx';
import { senderOf } from '../devices/device-title.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { fullTime } from '../parts/time.ts';
import { draftKey } from '../sends/drafts.ts';
import { SentList } from '../sends/sent-list.tsx';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';
import { Composer } from './composer.tsx';
import { asCurl, asJson, asLink, asPlainText } from './copies.ts';
import { Decoded } from './decoded.tsx';
import { bestIdentifier, identifiersInOrder } from './device.ts';
import { useHits } from './hits-context.ts';
import { JoinedText } from './joined-text.tsx';
import { LinkedText } from './linked-text.tsx';
import { StarButton } from './star-button.tsx';
import { useMessage } from './use-message.ts';

/** Characters shown at once: more than any text that a network carries, and no load for the screen. */
const shownCharacters = 20_000;

interface DetailProps {
  readonly message: Message;
  readonly revision: number;
  readonly closeButton: RefObject<HTMLButtonElement | null>;
  readonly composer: RefObject<HTMLTextAreaElement | null>;
  readonly onStar: (message: Message, starred: boolean) => Promise<void>;
  readonly onDevice: (device: number) => void;
  readonly onClose: () => void;
}

/** One text with all that is known of it. What the row knows is there at once; the rest follows. */
export function MessageDetail(props: DetailProps) {
  const { message: row, revision, closeButton, composer, onStar, onDevice, onClose } = props;
  const words = useWords();
  const [answer, refresh] = useMessage(row.id, revision);
  const message = answer?.ok ? answer.value.message : row;
  const device = bestIdentifier(message.deviceIds);
  const { title, isNamed } = senderOf(message);
  return (
    <aside className="detail" aria-label={words.detail.name}>
      <header className="detail-head">
        <div>
          <h2 className={isNamed ? undefined : 'mono'}>
            <MarkedText text={title ?? message.account} />
          </h2>
          <p>{device ? (isNamed ? device.id : device.kind) : words.detail.account}</p>
        </div>
        <span className="head-buttons">
          <StarButton
            key={message.id}
            starred={message.starred === true}
            onStar={async (starred) => {
              await onStar(message, starred);
              await refresh();
            }}
          />
          <ConversationButton device={message.device?.id} onDevice={onDevice} />
          <button ref={closeButton} type="button" className="icon-button" aria-label={words.close} onClick={onClose}>
            <X size={16} aria-hidden />
          </button>
        </span>
      </header>
      <div className="detail-body" tabIndex={0} role="region" aria-label={words.detail.name}>
        <FullText key={message.id} text={message.text} />
        <div className="detail-actions">
          <CopyButton wide text={asPlainText(message)} label={words.detail.copyText} />
          <CopyButton wide text={asJson(message)} label={words.detail.copyJson} />
          {answer?.ok ? <CopyButton wide text={asCurl(answer.value)} label={words.detail.copyCurl} /> : null}
          <CopyButton wide text={asLink(message)} label={words.detail.copyLink} />
        </div>
        <JoinedText key={`parts ${message.id}`} message={row} revision={revision} />
        <Decoded text={message.text} />
        <Facts message={message} detail={answer?.ok ? answer.value : null} />
        {device ? <SentList account={message.account} to={device} field={composer} /> : null}
        {answer && !answer.ok ? <Failure error={answer.error} /> : null}
        {answer?.ok ? (
          <SentOn key={`sent on ${message.id}`} message={message} forwards={answer.value.forwards} />
        ) : null}
        {answer?.ok ? <Raw detail={answer.value} /> : null}
      </div>
      {device ? (
        <Composer key={draftKey(message.account, device)} field={composer} account={message.account} to={device} />
      ) : (
        <p className="composer hint">{words.send.noDevice}</p>
      )}
    </aside>
  );
}

function ConversationButton({ device, onDevice }: { device: number | undefined; onDevice: (id: number) => void }) {
  const words = useWords();
  if (device === undefined) return null;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={words.devices.show}
      title={words.devices.show}
      onClick={() => onDevice(device)}
    >
      <MessagesSquare size={16} aria-hidden />
    </button>
  );
}

function FullText({ text }: { text: string }) {
  const words = useWords();
  const [shown, rest] = useShortened(text);
  if (text === '') return <p className="full-text hint">{words.detail.empty}</p>;
  return (
    <>
      <p className="full-text">
        <LinkedText text={shown} />
      </p>
      {rest}
    </>
  );
}

/** What is shown of a text at first, and the button that shows the rest. */
function useShortened(text: string): readonly [string, ReactNode] {
  const words = useWords();
  const [whole, showWhole] = useState(false);
  const rest = whole ? 0 : Math.max(0, text.length - shownCharacters);
  if (rest === 0) return [text, null];
  const button = (
    <button type="button" className="button" onClick={() => showWhole(true)}>
      {words.detail.rest(rest)}
    </button>
  );
  return [text.slice(0, shownCharacters), button];
}

function Facts({ message, detail }: { message: Message; detail: Detail | null }) {
  const words = useWords();
  const waiting = words.detail.loading;
  const answered = detail?.answeredAt ? fullTime(detail.answeredAt, words.formats) : words.detail.notAnswered;
  const fetched = detail === null ? null : fetchedWords(detail, words);
  return (
    <dl className="facts">
      {identifiersInOrder(message.deviceIds).map((id) => (
        <Identifier key={`${id.kind} ${id.id}`} id={id} />
      ))}
      <Fact name={words.detail.account} copy={message.account}>
        <span className="mono">{message.account}</span>
      </Fact>
      <Fact name={words.detail.received}>{fullTime(message.receivedAt, words.formats)}</Fact>
      <Fact name={words.detail.platform}>
        <MarkedText text={message.platformTime ?? words.detail.noPlatform} />
      </Fact>
      <Fact name={words.detail.answered}>{detail ? answered : waiting}</Fact>
      {fetched === null ? null : <Fact name={words.detail.fetched}>{fetched}</Fact>}
      <Fact name={words.detail.lanesTitle}>{laneWords(message.lanes, words)}</Fact>
    </dl>
  );
}

/** When the queue brought it, and whether ThingSpace knows that; null where it did not, or that was not kept. */
function fetchedWords({ arrivals }: Detail, words: Words): string | null {
  const arrival = arrivals.find(({ lane }) => lane === 'history');
  if (!arrival?.receivedAt) return null;
  const { acknowledgedAt } = arrival;
  const acknowledged = acknowledgedAt === null ? null : fullTime(acknowledgedAt, words.formats);
  return words.detail.fetchedAt(fullTime(arrival.receivedAt, words.formats), acknowledged);
}

function Identifier({ id }: { id: DeviceId }) {
  const hits = useHits();
  return (
    <Fact name={id.kind} copy={id.id}>
      <span className="mono">
        <MarkedText text={id.id} find={hits.identifier} />
      </span>
    </Fact>
  );
}

function Fact({ name, copy, children }: { name: string; copy?: string; children: ReactNode }) {
  const words = useWords();
  return (
    <div className="fact">
      <dt>
        <MarkedText text={name} />
      </dt>
      <dd>
        {children}
        {copy === undefined ? null : <CopyButton text={copy} label={words.detail.copy(name)} />}
      </dd>
    </div>
  );
}

function Raw({ detail }: { detail: Detail }) {
  const words = useWords();
  const { id } = detail.message;
  return (
    <>
      <RawBlock key={`callback ${id}`} title={words.detail.rawCallback} body={detail.rawCallback} />
      <RawBlock key={`history ${id}`} title={words.detail.rawHistory} body={detail.rawHistory} />
    </>
  );
}

function RawBlock({ title, body }: { title: string; body: string | null }) {
  const words = useWords();
  const [shown, rest] = useShortened(body ?? '');
  if (body === null) return null;
  return (
    <section className="raw">
      <header>
        <h3>{title}</h3>
        <CopyButton text={body} label={words.detail.copy(title)} />
      </header>
      <pre tabIndex={0} aria-label={title}>
        <MarkedText lines text={shown} />
      </pre>
      {rest}
    </section>
  );
}

function laneWords(lanes: readonly Lane[], words: Words): string {
  if (lanes.length > 1) return words.detail.lanes.both;
  const only = lanes[0];
  return only ? words.detail.lanes[only] : words.detail.lanes.none;
}
