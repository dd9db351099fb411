import type { FaceCommand } from './tray-menu.ts';

/** What a window can have the desktop around it do. */
export interface FaceAction {
  readonly id: FaceCommand['face'];
  /** In English. */
  readonly title: string;
  readonly command: FaceCommand;
}

/** What decides which of them there are. */
export interface FaceAbilities {
  /** The release that can be had, or null. */
  readonly update: string | null;
  /** Whether releases can be looked for: this build has a feed, and the person wants to know. */
  readonly canLook: boolean;
  /** Whether the app starts at login; null where the system offers no such choice. */
  readonly autostart: boolean | null;
}

/** What the tray can do and a page cannot: a window offers it too, so that nobody has to go to the tray. */
export function faceActions({ update, canLook, autostart }: FaceAbilities): readonly FaceAction[] {
  const one = (title: string, command: FaceCommand): FaceAction => ({ id: command.face, title, command });
  return [
    one('Save a problem report…', { face: 'report' }),
    ...(update === null ? [] : [one(`Update to ${update}…`, { face: 'update' })]),
    ...(update === null && canLook ? [one('Look for a newer release', { face: 'look' })] : []),
    ...(autostart === null
      ? []
      : [one(autostart ? 'Do not start at login' : 'Start at login', { face: 'autostart', on: !autostart })]),
    one('Quit', { face: 'quit' }),
  ];
}
