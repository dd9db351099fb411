import type { Message } from '../../preload/contract/message.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { type OfferedAction, useOfferedActions } from '../palette/offered-actions.ts';
import { copy } from '../parts/copy-button.tsx';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';
import { asJson, asLink, asPlainText } from './copies.ts';
import type { SavedSearches } from './saved-searches.ts';

interface PaneActionsProps {
  readonly snapshot: Snapshot;
  readonly opened: Message | null;
  readonly query: string;
  readonly following: boolean;
  readonly grouped: boolean;
  readonly saved: SavedSearches;
  readonly onQuery: (query: string) => void;
  readonly onSearch: () => void;
  readonly onToggle: () => void;
  readonly onGroup: () => void;
  /** The conversation with the device of the opened text. */
  readonly onDevice: (device: number) => void;
  readonly onExport: () => void;
  readonly onReply: () => void;
  readonly onClose: () => void;
}

/** Offers what can be done with the list, its search and the opened text. */
export function usePaneActions(props: PaneActionsProps): void {
  const words = useWords();
  useOfferedActions(() => [...ofOpened(props, words), ...ofList(props, words), ...ofSearch(props, words)]);
}

function ofOpened({ opened, onReply, onDevice, onClose }: PaneActionsProps, words: Words): readonly OfferedAction[] {
  if (!opened) return [];
  const device = opened.device?.id;
  const copying = (id: string, title: string, text: string, keys?: string): OfferedAction => ({
    id,
    title,
    ...(keys === undefined ? {} : { keys }),
    run: async () => ((await copy(text)) ? words.copied : words.copyFailed),
  });
  return [
    { id: 'reply', title: words.send.title, keys: 'r', run: onReply },
    ...(device === undefined ? [] : [{ id: 'device', title: words.devices.show, run: () => onDevice(device) }]),
    copying('copy-text', words.detail.copyText, asPlainText(opened), 'c'),
    copying('copy-json', words.detail.copyJson, asJson(opened)),
    copying('copy-link', words.detail.copyLink, asLink(opened)),
    { id: 'close', title: words.detail.close, keys: 'Esc', run: onClose },
  ];
}

function ofList(props: PaneActionsProps, words: Words): readonly OfferedAction[] {
  const { following, grouped, onToggle, onGroup, onExport } = props;
  const toggle = following ? words.list.holdShort : words.list.followShort;
  return [
    ...(grouped ? [] : [{ id: 'toggle', title: toggle, keys: '␣', run: onToggle }]),
    { id: 'group', title: grouped ? words.devices.ungroup : words.devices.group, keys: 'g', run: onGroup },
    { id: 'export', title: words.export.button, keys: 'e', run: onExport },
  ];
}

function ofSearch(props: PaneActionsProps, words: Words): readonly OfferedAction[] {
  const { snapshot, query, saved, onQuery, onSearch } = props;
  const searches = saved.all.map((one) => ({
    id: `saved ${one}`,
    title: words.palette.savedSearch,
    about: one,
    run: () => onQuery(one),
  }));
  const accounts = snapshot.accounts.map(({ name }) => ({
    id: `only ${name}`,
    title: words.palette.onlyAccount,
    about: name,
    run: () => onQuery(`account:${name}`),
  }));
  return [
    { id: 'search', title: words.list.search, keys: '/', run: onSearch },
    ...(query === ''
      ? []
      : [
          { id: 'clear', title: words.list.clear, run: () => onQuery('') },
          {
            id: 'keep',
            title: saved.has(query) ? words.list.saved.forget : words.list.saved.keep,
            about: query,
            run: () => saved.toggle(query),
          },
        ]),
    ...searches,
    ...(snapshot.accounts.length > 1 ? accounts : []),
  ];
}
