import type { Result } from '../../preload/contract/result.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import { plainText } from './plain-text.ts';

/* When to look for a newer release, and what to ask. Nothing is fetched or installed without a yes. */

export interface Release {
  readonly version: string;
  /** As the feed gives them: plain text or HTML. */
  readonly notes: string;
}

/** Looks for releases and fetches them; main/release-feed.ts gives the real one. Failures are sentences. */
export interface ReleaseFeed {
  find(channel: ReleaseChannel): Promise<Result<Release | null, string>>;
  fetch(): Promise<Result<void, string>>;
  /** Quits the app and starts the fetched release. */
  install(): void;
}

export type ReleaseChannel = Exclude<Settings['updates'], 'off'>;

/** Milliseconds after the start, so that no start is slower for it, and from then on. */
export const firstLookAfterMs = 60_000;
export const lookEveryMs = 24 * 60 * 60_000;

const longestNotes = 1_500;
const longestVersion = 32;

/** The channel to look at now, or null when the person wants none. */
export function channelOf({ updates }: Pick<Settings, 'updates'>): ReleaseChannel | null {
  return updates === 'off' ? null : updates;
}

/** Release notes as plain lines: tags go, list items and paragraphs become lines. */
export function notesAsText(notes: string): string {
  const lines = notes
    .slice(0, longestNotes * 8)
    .replace(/<li[^>]*>/gi, '\n• ')
    .replace(/<(?:br|\/?p|\/?ul|\/?ol|\/?h\d|\/?div)[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .split('\n')
    .map((line) => plainText(line, 200))
    .filter((line) => line !== '');
  const text = lines.join('\n');
  return text.length > longestNotes ? `${text.slice(0, longestNotes - 1)}…` : text;
}

export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly yes: string;
  readonly no: string;
}

export function versionName({ version }: Release): string {
  return plainText(version, longestVersion);
}

export function fetchQuestion(release: Release): Question {
  return {
    message: `ThingSpace SMS Tray ${versionName(release)} is there.`,
    detail: notesAsText(release.notes) || 'It comes without release notes.',
    yes: 'Download',
    no: 'Later',
  };
}

export function installQuestion(release: Release): Question {
  return {
    message: `Restart to use ${versionName(release)}?`,
    detail: 'Callbacks are given back for the moment; texts that come meanwhile wait at ThingSpace and are fetched.',
    yes: 'Restart',
    no: 'Later',
  };
}
