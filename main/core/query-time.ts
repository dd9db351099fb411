const minuteMs = 60_000;
const units: Readonly<Record<string, number>> = { s: 1000, m: minuteMs, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const relative = /^(\d{1,6})([smhdw])$/i;
const absolute = /^(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?(z|[+-]\d{2}:?\d{2})?$/i;

export interface QueryClock {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Minutes that local time is ahead of UTC at a moment given as if local time were UTC; 0 when left out. */
  readonly timeZoneOffsetMinutes?: (localAt: number) => number;
}

function zoneMinutes(zone: string): number {
  if (zone.toLowerCase() === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/**
 * `2h`, `3d`, `30m` (ago, counted from the whole minute), `2026-11-01` (its first moment) or `2026-11-01T12:30` as
 * milliseconds since 1970; null when it is none of these. Without `Z` or an offset it is local time.
 */
export function momentOf(text: string, clock: QueryClock): number | null {
  const ago = relative.exec(text);
  if (ago) {
    const unit = units[ago[2]?.toLowerCase() ?? ''] ?? 0;
    // To the minute: a query means the same while one pages through what it finds.
    const now = unit < minuteMs ? clock.now : clock.now - (clock.now % minuteMs);
    return now - Number(ago[1]) * unit;
  }
  const found = absolute.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0));
  const milliseconds = Number((found[7] ?? '').padEnd(3, '0'));
  const at = Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0, milliseconds);
  // 2026-02-31 rolls over into March: such a date is not understood rather than guessed.
  if (new Date(at).getUTCDate() !== day || new Date(at).getUTCMonth() + 1 !== month) return null;
  const offset = found[8] === undefined ? (clock.timeZoneOffsetMinutes?.(at) ?? 0) : zoneMinutes(found[8]);
  return at - offset * 60_000;
}

/** The query with `2h` and the like written as moments, so that asked page by page it means the same on each. */
export function withFixedTimes(query: string, now: number): string {
  return query.replaceAll(
    /((?:^|\s)-?(?:before|after):)(\d{1,6}[smhdw])(?=\s|$)/gi,
    (whole, key: string, ago: string) => {
      const at = momentOf(ago, { now });
      return at === null ? whole : `${key}${new Date(at).toISOString()}`;
    },
  );
}
