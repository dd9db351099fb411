import { ArrowUp } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { DeviceRow } from '../../preload/contract/device.ts';
import { useHits } from '../messages/hits-context.ts';
import { ListHead } from '../messages/list-head.tsx';
import { visibleRows } from '../messages/rail.ts';
import { offsetAfterKey } from '../messages/selection.ts';
import { useRail } from '../messages/use-rail.ts';
import { Failure } from '../parts/failure.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { rowTime } from '../parts/time.ts';
import { useKeys } from '../parts/use-keys.ts';
import { useNow } from '../parts/use-now.ts';
import { usePressed } from '../parts/use-pressed.ts';
import { useWords } from '../words/words-context.ts';
import { deviceTitle, isNumbered } from './device-title.ts';
import { useGroups } from './use-groups.ts';

const headHeight = 26;
const rowHeights = { dense: 30, comfortable: 40 } as const;
const overscan = 12;
/** Rows before the last known one at which the next are fetched. */
const fetchAhead = 60;
const shownCharacters = 400;

interface GroupsProps {
  readonly query: string;
  readonly revision: number;
  readonly density: keyof typeof rowHeights;
  readonly manyAccounts: boolean;
  readonly opened: number | null;
  readonly onOpen: (device: number) => void;
  readonly onTotal: (total: number | null) => void;
  readonly empty: ReactNode;
}

/** The texts that a search finds, one row for each device: its newest text, and how many there are. */
export function DeviceGroups(props: GroupsProps) {
  const { query, revision, onOpen, onTotal } = props;
  const words = useWords();
  const [groups, state, moved] = useGroups(query, revision);
  const { rows, total } = state;
  const rowHeight = rowHeights[props.density];
  const [paused, setPaused] = useState(false);
  const { scroller, rail, place, scrollTo, show } = useRail(rows.length, rowHeight, { headHeight });
  const { first, count } = visibleRows(rail, place.y);
  const [chosen, setChosen] = useState<number | null>(null);
  const selected = rows.findIndex(({ id }) => id === chosen);
  const today = new Date(useNow(30_000)).setHours(0, 0, 0, 0);
  // Between press and release the row would move on, and nothing be opened.
  const [pressed, press] = usePressed();
  const away = place.y >= 1 || paused || pressed;

  useEffect(() => groups.hold(away), [groups, away]);
  useEffect(() => onTotal(total), [onTotal, total]);
  useEffect(() => {
    if (first + count > rows.length - fetchAhead) groups.more(false);
  }, [groups, first, count, rows.length]);

  function resume(): void {
    setPaused(false);
    groups.hold(false);
    scrollTo(0);
  }

  function choose(offset: number): void {
    const row = rows[offset];
    if (!row) return;
    setChosen(row.id);
    show(offset);
  }

  useKeys((event) => {
    const row = rows[selected];
    if (event.key === 'Enter' && row) {
      onOpen(row.id);
      return true;
    }
    if (event.key === ' ') {
      if (away) resume();
      else setPaused(true);
      return true;
    }
    const page = Math.max(1, Math.floor(rail.viewport / rowHeight) - 1);
    const next = offsetAfterKey(event.key, selected === -1 ? null : { offset: selected }, rows.length, page);
    if (next === null) return false;
    if (event.key === 'End' && state.next) groups.more(true);
    choose(next);
    return true;
  });

  const from = Math.max(0, first - overscan);
  const shown = rows.slice(from, first + count + overscan);
  const base = place.scrollTop - place.y;
  return (
    <div className="list-area">
      {moved > 0 ? (
        <button type="button" className="fresh-pill group-fresh" onClick={resume}>
          <ArrowUp size={13} aria-hidden />
          {words.list.fresh(moved)}
        </button>
      ) : null}
      <div
        ref={scroller}
        className="list groups"
        role="grid"
        tabIndex={0}
        aria-label={words.devices.grouped}
        aria-rowcount={total + 1}
        aria-busy={!state.isKnown}
        aria-activedescendant={shown.some(({ id }) => id === chosen) ? `group-${chosen}` : undefined}
        data-density={props.density}
        data-many-accounts={props.manyAccounts || undefined}
      >
        <ListHead>
          <span role="columnheader" className="group-count">
            {words.devices.count}
          </span>
        </ListHead>
        <div role="rowgroup" className="spacer" style={{ height: rows.length * rowHeight }} onPointerDown={press}>
          {shown.map((row, index) => (
            <GroupRow
              key={row.id}
              row={row}
              offset={from + index}
              top={base + (from + index) * rowHeight}
              selected={row.id === chosen}
              opened={row.id === props.opened}
              today={today}
              onOpen={() => {
                setChosen(row.id);
                onOpen(row.id);
              }}
            />
          ))}
        </div>
      </div>
      {state.error ? <Failure error={state.error} /> : null}
      {state.isKnown && total === 0 && !state.error ? <div className="list-empty">{props.empty}</div> : null}
    </div>
  );
}

interface RowProps {
  readonly row: DeviceRow;
  readonly offset: number;
  readonly top: number;
  readonly selected: boolean;
  readonly opened: boolean;
  readonly today: number;
  readonly onOpen: () => void;
}

function GroupRow({ row, offset, top, selected, opened, today, onOpen }: RowProps) {
  const words = useWords();
  const hits = useHits();
  const isNamed = !isNumbered(row);
  const at = row.latest?.receivedAt ?? row.lastTextAt;
  const { date, clock } = at === null ? { date: null, clock: '' } : rowTime(at, today, words.formats);
  return (
    // The grid has the focus and hears the keys (aria-activedescendant); the row adds the pointer.
    <div
      role="row"
      id={`group-${row.id}`}
      className="row"
      aria-rowindex={offset + 2}
      aria-selected={selected}
      data-opened={opened || undefined}
      data-unread={row.unread > 0 || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onOpen}
    >
      <span role="gridcell" className="cell-time">
        <span className="clock">{clock}</span> {date === null ? null : <span className="date">{date}</span>}
      </span>
      <span role="gridcell" className="cell-device" data-named={isNamed || undefined}>
        <MarkedText text={deviceTitle(row) ?? '—'} find={isNamed ? hits.name : hits.identifier} />
      </span>
      <span role="gridcell" className="cell-account">
        {row.account}
      </span>
      <span role="gridcell" className="cell-text">
        <MarkedText text={(row.latest?.text ?? '').slice(0, shownCharacters)} find={hits.text} />
      </span>
      <span role="gridcell" className="group-count">
        {words.formats.number(row.found)}
        {row.unread > 0 ? <span className="unseen"> {words.devices.unread(row.unread)}</span> : null}
      </span>
    </div>
  );
}
