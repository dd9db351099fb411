import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWindowPlace, type Rectangle, type WindowPlace, windowPlace } from '../../main/core/window-bounds.ts';

const laptop: Rectangle = { x: 0, y: 25, width: 1440, height: 875 };
const right: Rectangle = { x: 1440, y: 0, width: 1920, height: 1080 };

function at(x: number, y: number, width = 1000, height = 700, maximized = false): WindowPlace {
  return { bounds: { x, y, width, height }, maximized };
}

describe('a window opens', () => {
  test('where it was, when that display is still there', () => {
    expect(windowPlace(at(1500, 100), [laptop, right])).toEqual(at(1500, 100));
  });

  test('amid the primary display, when its display is gone', () => {
    expect(windowPlace(at(1500, 100), [laptop])).toEqual(at(130, 82, 1180, 760));
  });

  test('amid the primary display, the first time', () => {
    expect(windowPlace(null, [laptop, right])).toEqual(at(130, 82, 1180, 760));
  });

  test('wholly within the display, when it hung over the edge', () => {
    expect(windowPlace(at(900, -300), [laptop])).toEqual(at(440, 25));
  });

  test('maximised again', () => {
    expect(windowPlace(at(0, 25, 1440, 875, true), [laptop])).toMatchObject({ maximized: true });
  });

  test('no larger than a small display', () => {
    const small: Rectangle = { x: 0, y: 0, width: 800, height: 480 };
    expect(windowPlace(null, [small]).bounds).toEqual(small);
  });

  test('always within one of the displays, wherever it was', () => {
    const coordinate = integer({ min: -20_000, max: 20_000 });
    const size = integer({ min: 0, max: 20_000 });
    assert(
      property(coordinate, coordinate, size, size, (x, y, width, height) => {
        const { bounds } = windowPlace(at(x, y, width, height), [laptop, right]);
        const within = [laptop, right].some(
          (area) =>
            bounds.x >= area.x &&
            bounds.y >= area.y &&
            bounds.x + bounds.width <= area.x + area.width &&
            bounds.y + bounds.height <= area.y + area.height,
        );
        expect(within).toBe(true);
      }),
    );
  });
});

describe('a stored place', () => {
  test('is read back', () => {
    expect(parseWindowPlace(JSON.stringify(at(1, 2)))).toEqual(at(1, 2));
  });

  test.each([
    '',
    'null',
    '[]',
    '{"bounds":{},"maximized":true}',
    '{"bounds":{"x":0,"y":0,"width":"1","height":1},"maximized":false}',
    '{"bounds":{"x":0,"y":0,"width":1e9,"height":1},"maximized":false}',
    '{"bounds":{"x":0.5,"y":0,"width":1,"height":1},"maximized":false}',
    '{"bounds":{"x":0,"y":0,"width":1,"height":1}}',
  ])('that is no place is as good as none: %s', (json) => {
    expect(parseWindowPlace(json)).toBeNull();
  });
});
