import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodingsOf } from '../../../renderer/messages/decode.ts';
import { positionsIn, positionWords } from '../../../renderer/messages/position.ts';
import { wordsFor } from '../../../renderer/words/words.ts';

const only = (text: string, kind: string) => decodingsOf(text).find((one) => one.kind === kind);
const rounded = (text: string) =>
  positionsIn(text).map(({ latitude, longitude }) => [Number(latitude.toFixed(4)), Number(longitude.toFixed(4))]);

describe('a text is decoded', () => {
  test.each([
    ['48656c6c6f', 5, 'Hello'],
    ['48 65 6C 6C 6F', 5, 'Hello'],
    ['0x48,0x65,0x6c,0x6c', 4, 'Hell'],
    ['C3:A9:74:C3:A9', 5, 'été'],
    ['41,00,7F,A2', 4, 'A\0\u007f¢'],
  ])('from hexadecimal: %s', (text, bytes, decoded) => {
    expect(only(text, 'hex')).toEqual({ kind: 'hex', bytes, text: decoded });
  });

  test.each([
    ['SGVsbG8sIHdvcmxkIQ==', 'Hello, world!'],
    ['eyJ0IjoyMS40fQ', '{"t":21.4}'],
    ['w6l0w6kgw6A_Pz8-', 'été à???>'],
  ])('from base64: %s', (text, decoded) => {
    expect(only(text, 'base64')).toEqual({ kind: 'base64', text: decoded });
  });

  test('from JSON', () => {
    expect(only(' {"t":21.4,"n":[1]} ', 'json')).toMatchObject({ text: '{\n  "t": 21.4,\n  "n": [\n    1\n  ]\n}' });
  });

  test('from pairs', () => {
    expect(only('tank=4 level=0.62, note="two words";q=a=b', 'pairs')).toEqual({
      kind: 'pairs',
      pairs: [
        ['tank', '4'],
        ['level', '0.62'],
        ['note', 'two words'],
        ['q', 'a=b'],
      ],
    });
  });

  test('from NMEA', () => {
    expect(only('$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A', 'nmea')).toEqual({
      kind: 'nmea',
      types: ['GPRMC'],
    });
  });
});

describe('a position', () => {
  test.each([
    ['$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A', [[48.1173, 11.5167]]],
    ['$GPGGA,123519,4807.038,S,01131.000,W,1,08,0.9,545.4,M,46.9,M,,', [[-48.1173, -11.5167]]],
    ['status Lat=+47.2602 Long=-122.4443 Time=22:18:08', [[47.2602, -122.4443]]],
    ['{"lat": 47.5, "lng": -122.25}', [[47.5, -122.25]]],
    [
      'at 47.2602,-122.4443 and 47.2610, -122.4450',
      [
        [47.2602, -122.4443],
        [47.261, -122.445],
      ],
    ],
  ])('is found in %s', (text, expected) => {
    expect(rounded(text)).toEqual(expected);
  });

  test.each([
    '$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6B',
    '$GPRMC,141902.00,V,,,,,,,231126,,,N*77',
    'lat=97.5 long=10',
    'level 12.345, 700.123',
    'v 1.2.345,6.789',
  ])('is not found in %s', (text) => {
    expect(positionsIn(text)).toEqual([]);
  });

  test('is written with its hemispheres', () => {
    expect(positionWords({ latitude: 47.2602, longitude: -122.4443 }, wordsFor('en'))).toBe(
      '47.26020° N, 122.44430° W',
    );
    expect(positionWords({ latitude: -1, longitude: -2 }, wordsFor('es'))).toBe('1.00000° S, 2.00000° O');
  });
});

describe('nothing is decoded', () => {
  test.each([
    'OK',
    'ALARM pump 3 stopped, pressure 1.2 bar, see panel B',
    '5551230042',
    '12:30:45:00',
    'DEAD',
    'STATUS',
    'acceptedacceptedaccepted',
    'temperature=21',
    '{"t":',
    '$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*00',
  ])('from %s', (text) => expect(decodingsOf(text)).toEqual([]));

  test('that would throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(Array.isArray(decodingsOf(text))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('slowly: hostile repetitions take no time worth a word', () => {
    const began = performance.now();
    for (const part of ['a=', '$GPRMC,', 'lat=1 ', '00 ', '1.234,', 'A', '"', '=', '\t'])
      decodingsOf(part.repeat(20_000 / part.length));
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
