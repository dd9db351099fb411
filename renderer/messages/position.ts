import type { Words } from '../words/words.ts';

/** Degrees; north and east are positive. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/** A sentence of a GPS receiver (NMEA 0183) whose checksum, where it carries one, is right. */
export interface NmeaSentence {
  /** Such as `GPRMC`. */
  readonly type: string;
  readonly position: Position | null;
}

const sentence = /\$([A-Z]{2}[A-Z]{3})((?:,[^,*$\r\n]*)+)(?:\*([0-9A-F]{2}))?/g;
/** Place of the latitude among the fields of the sentences that carry a position. */
const latitudeField: Readonly<Record<string, number>> = { RMC: 3, GGA: 2, GLL: 1 };

export function nmeaSentences(text: string): readonly NmeaSentence[] {
  return [...text.matchAll(sentence)].flatMap(([, type = '', rest = '', checksum]) => {
    if (checksum !== undefined && Number.parseInt(checksum, 16) !== checksumOf(type + rest)) return [];
    const fields = rest.split(',');
    const at = latitudeField[type.slice(2)];
    const position = at === undefined ? null : nmeaPosition(fields.slice(at, at + 4));
    return [{ type, position }];
  });
}

function checksumOf(body: string): number {
  return Array.from(body).reduce((sum, character) => sum ^ character.charCodeAt(0), 0);
}

/** `4715.612,N,12226.658,W`: degrees and minutes in one number. */
function nmeaPosition([latitude = '', north = '', longitude = '', east = '']: readonly string[]): Position | null {
  if (!/^\d{4}(?:\.\d+)?$/.test(latitude) || !/^\d{5}(?:\.\d+)?$/.test(longitude)) return null;
  if (!/^[NS]$/.test(north) || !/^[EW]$/.test(east)) return null;
  const degrees = (written: string, digits: number): number =>
    Number(written.slice(0, digits)) + Number(written.slice(digits)) / 60;
  return onEarth(degrees(latitude, 2) * (north === 'S' ? -1 : 1), degrees(longitude, 3) * (east === 'W' ? -1 : 1));
}

const named =
  /\blat(?:itude)?"?\s*[=:]\s*"?([+-]?\d{1,2}(?:\.\d+)?)"?[\s,;&|]+"?lo?ng?(?:itude)?"?\s*[=:]\s*"?([+-]?\d{1,3}(?:\.\d+)?)/gi;
/** Three places after the point are a position of 100 m; with fewer it is likely something else. */
const bare = /(?<![\d.])([+-]?\d{1,2}\.\d{3,})\s*[,;]\s*([+-]?\d{1,3}\.\d{3,})(?![\d.])/g;

/** The positions that a text tells, in their order: by name, by NMEA, or as a bare pair of decimal degrees. */
export function positionsIn(text: string): readonly Position[] {
  const sentences = nmeaSentences(text).flatMap(({ position }) => (position ? [position] : []));
  if (sentences.length > 0) return sentences;
  const byName = pairs(text, named);
  return byName.length > 0 ? byName : pairs(text, bare);
}

function pairs(text: string, pattern: RegExp): readonly Position[] {
  return [...text.matchAll(pattern)].flatMap(([, latitude, longitude]) => {
    const position = onEarth(Number(latitude), Number(longitude));
    return position ? [position] : [];
  });
}

function onEarth(latitude: number, longitude: number): Position | null {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

/** `47.26020° N, 122.44430° W`: about a metre. The point stays a point, as maps take it. */
export function positionWords({ latitude, longitude }: Position, words: Words): string {
  const [north, south, east, west] = words.detail.decoded.hemispheres;
  const height = `${Math.abs(latitude).toFixed(5)}° ${latitude < 0 ? south : north}`;
  return `${height}, ${Math.abs(longitude).toFixed(5)}° ${longitude < 0 ? west : east}`;
}
