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

/**
 * Goes where the address asks, at the start and whenever it changes, and keeps the address at where the page is: the
 * same link followed twice is heard twice.
 */
export function useView(view: View, go: (view: View) => void): void {
  const fragment = fragmentOf(view);
  const latest = useRef({ fragment, go });
  useEffect(() => {
    latest.current = { fragment, go };
  });
  useEffect(() => {
    const follow = (): void => {
      const asked = parseFragment(location.hash);
      if (!asked) return;
      standAt(latest.current.fragment);
      latest.current.go(asked);
    };
    // The page's start is the messages view already.
    if (parseFragment(location.hash)?.kind !== 'messages') follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => standAt(fragment), [fragment]);
}

function standAt(fragment: string): void {
  const now = location.hash === '' ? '#/' : location.hash;
  if (now !== fragment) history.replaceState(null, '', fragment);
}
