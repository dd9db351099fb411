/** Where a window stands. All that a link, a notification or a menu can ask of it. */
export type WindowView =
  | { readonly kind: 'messages' }
  /** `way-in`: where the public address is chosen. */
  | { readonly kind: 'settings'; readonly section?: 'way-in' }
  | { readonly kind: 'message'; readonly id: string }
  | { readonly kind: 'device'; readonly device: number };

/** The scheme that the system hands to this app. */
export const linkScheme = 'thingspace-sms';

const messageLink = /^thingspace-sms:\/\/message\/([A-Za-z0-9_-]{1,64})$/;
const deviceLink = /^thingspace-sms:\/\/device\/([1-9]\d{0,14})$/;

/**
 * What `thingspace-sms://message/ID` or `thingspace-sms://device/ID` asks to see, or null for anything else. Any page can
 * hand us a link, so it only navigates, and nothing is decoded.
 */
export function parseDeepLink(link: string): WindowView | null {
  const id = messageLink.exec(link)?.[1];
  if (id !== undefined) return { kind: 'message', id };
  const device = deviceLink.exec(link)?.[1];
  return device === undefined ? null : { kind: 'device', device: Number(device) };
}

/** The first argument of a command line that is a link of ours: how Windows and Linux hand it over. */
export function deepLinkAmong(args: readonly string[]): WindowView | null {
  for (const arg of args) {
    const view = parseDeepLink(arg);
    if (view) return view;
  }
  return null;
}

/** The fragment by which a window is told what to show. */
export function viewFragment(view: WindowView): string {
  switch (view.kind) {
    case 'messages':
      return '#/';
    case 'settings':
      return view.section === undefined ? '#/settings' : `#/settings/${view.section}`;
    case 'message':
      return `#/message/${encodeURIComponent(view.id)}`;
    case 'device':
      return `#/device/${view.device}`;
  }
}
