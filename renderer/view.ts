import { useEffect, useRef } from 'react';

/** What the window shows, as the fragment of its address tells it: links, notifications and the tray ask by it. */
export type View =
  | { readonly kind: 'messages' }
  /** `way-in`: where the public address is chosen. */
  | { readonly kind: 'settings'; readonly section?: 'way-in' }
  | { readonly kind: 'message'; readonly id: string }
  | { readonly kind: 'device'; readonly device: number };

const deviceFragment = /^#\/device\/([1-9]\d{0,14})$/;
const messageFragment = /^#\/message\/([A-Za-z0-9_-]{1,64})$/;

/** The view that a fragment asks for; null for one that is none of ours. */
export function parseFragment(fragment: string): View | null {
  if (fragment === '' || fragment === '#/') return { kind: 'messages' };
  if (fragment === '#/settings') return { kind: 'settings' };
  if (fragment === '#/settings/way-in') return { kind: 'settings', section: 'way-in' };
  const device = deviceFragment.exec(fragment)?.[1];
  if (device !== undefined) return { kind: 'device', device: Number(device) };
  const id = messageFragment.exec(fragment)?.[1];
  return id === undefined ? null : { kind: 'message', id };
}

export function fragmentOf(view: View): string {
  switch (view.kind) {
    case 'messages':
      return '#/';
    case 'settings':
      return view.section === undefined ? '#/settings' : `#/settings/${view.section}`;
    case 'message':
      return `#/message/${view.id}`;
    case 'device':
      return `#/device/${view.device}`;
  }
}

/** What is opened above the list, the lowest first: closing one shows the next. */
export interface Opened {
  readonly device: number | null;
  readonly message: string | null;
  readonly settings: boolean;
}

/**
 * Goes where the address asks, at the start and whenever it changes, and keeps the address at where the page is: the
 * same link followed twice is heard twice. Whatever is opened has an entry of the browser's history, so that Back closes
 * what stands on top; what is closed otherwise takes its entry with it.
 */
export function useView(opened: Opened, go: (view: View) => void): void {
  const path = pathOf(opened);
  const latest = useRef({ path, go });
  const stood = useRef(path);
  /* Until the browser has gone back, as it was asked to, the address is not that of what is shown. */
  const goesBack = useRef(false);
  useEffect(() => {
    latest.current = { path, go };
  });
  useEffect(() => {
    const follow = (): void => {
      if (goesBack.current) {
        goesBack.current = standAt(latest.current.path);
        return;
      }
      const asked = parseFragment(location.hash);
      // A link makes an entry of its own: it is where the page is until that goes where the link asks.
      if (entryDepth() === null) standAnew(latest.current.path);
      if (asked) latest.current.go(asked);
    };
    follow();
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  useEffect(() => {
    if (stood.current === path) return;
    stood.current = path;
    if (!goesBack.current) goesBack.current = standAt(path);
  }, [path]);
}

/** What is opened in the simulator is not in the own accounts, nor the other way: a change of `world` leads to the list. */
export function useListOfWorld(world: string | undefined): void {
  useEffect(() => (world === undefined ? undefined : () => history.replaceState(null, '', '#/')), [world]);
}

/** The fragments of all that is there, the list first. */
function pathOf({ device, message, settings }: Opened): string {
  const views: readonly View[] = [
    { kind: 'messages' },
    ...(device === null ? [] : [{ kind: 'device', device } as const]),
    ...(message === null ? [] : [{ kind: 'message', id: message } as const]),
    ...(settings ? [{ kind: 'settings' } as const] : []),
  ];
  return views.map(fragmentOf).join(' ');
}

/** How much is opened above the list where the address is; null where that is an entry of none of ours. */
function entryDepth(): number | null {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'depth' in state && typeof state.depth === 'number'
    ? state.depth
    : null;
}

/** Whether the browser has to go back first, which it does later. */
function standAt(path: string): boolean {
  const fragments = path.split(' ');
  const [here, depth] = [entryDepth() ?? 0, fragments.length - 1];
  if (here > depth) {
    history.go(depth - here);
    return true;
  }
  for (const [level, fragment] of fragments.entries())
    if (level > here) history.pushState({ depth: level }, '', fragment);
    else if (level === here && location.hash !== fragment) history.replaceState({ depth: level }, '', fragment);
  return false;
}

/** Makes the entry one of ours. An address that asks for nothing is left as it was opened. */
function standAnew(path: string): void {
  const fragments = path.split(' ');
  history.replaceState({ depth: fragments.length - 1 }, '', location.hash === '' ? undefined : fragments.at(-1));
}
