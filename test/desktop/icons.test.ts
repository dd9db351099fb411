import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { light } from '../../preload/contract/snapshot.ts';
import { drawIcons, readDrawings } from '../../resources/make-icons.ts';
import { browserSuite, hasChromium, launchChromium } from '../browser/chromium.ts';

const resources = join(import.meta.dirname, '..', '..', 'resources');
const names = light.options.flatMap((each) => [each, `${each}-unread`]);

/** Relative luminance of `#rrggbb` (WCAG 2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

/** The PNGs within a file, smallest first as they stand there. */
function pictures(path: string, data: Buffer): readonly Buffer[] {
  if (path.endsWith('.png')) return [data];
  const starts = [...data.toString('latin1').matchAll(/\x89PNG/g)].map(({ index }) => index);
  return starts.map((start, index) => data.subarray(start, starts[index + 1] ?? data.length));
}

function sideOf(png: Buffer): number {
  return png.readUInt32BE(16);
}

function committed(path: string): Buffer {
  return readFileSync(join(resources, path));
}

test('each light has a colour that stands out from light and dark panels by 3:1', () => {
  const lights = readDrawings().filter(({ name }) => name !== 'app');
  expect(lights.map(({ name }) => name).toSorted()).toEqual([...light.options].toSorted());
  for (const { name, colour } of lights) {
    for (const panel of ['#ffffff', '#242424', '#000000']) {
      expect(contrast(colour, panel), `${name} on ${panel}`).toBeGreaterThanOrEqual(3);
    }
  }
});

test('each light is there at the sizes that each system asks for', () => {
  for (const name of names) {
    const sizes = (path: string) => pictures(path, committed(path)).map(sideOf);
    expect(sizes(`tray/linux/${name}.png`)).toEqual([22]);
    expect(sizes(`tray/linux/${name}@2x.png`)).toEqual([44]);
    expect(sizes(`tray/macos/${name}Template.png`)).toEqual([18]);
    expect(sizes(`tray/macos/${name}Template@2x.png`)).toEqual([36]);
    expect(sizes(`tray/windows/${name}.ico`)).toEqual([16, 20, 24, 32, 48]);
  }
  expect(pictures('app/icon.ico', committed('app/icon.ico')).map(sideOf)).toEqual([16, 24, 32, 48, 64, 128, 256]);
  expect(pictures('app/icon.icns', committed('app/icon.icns')).map(sideOf)).toEqual([128, 256, 512, 1024]);
});

describe.skipIf(!hasChromium)(browserSuite('icons, drawn'), () => {
  let page: Page;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const browser = await launchChromium();
    page = await browser.newPage();
    close = () => browser.close();
  });

  afterAll(async () => {
    await close();
  });

  /** For each pair how many pixels differ in one of red, green, blue and opacity by more than `beyond` (of 255). */
  async function different(pairs: readonly (readonly [Buffer, Buffer])[], channels: readonly number[], beyond: number) {
    return await page.evaluate(
      async ({ given, only, limit }) => {
        const pixels = async (data: string) => {
          const image = new Image();
          image.src = `data:image/png;base64,${data}`;
          await image.decode();
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
          context?.drawImage(image, 0, 0);
          return context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
        };
        const counts: number[] = [];
        for (const [one = '', other = ''] of given) {
          const [left, right] = [await pixels(one), await pixels(other)];
          let count = left.length === right.length ? 0 : Number.MAX_SAFE_INTEGER;
          for (let at = 0; at < left.length; at += 4) {
            if (only.some((part) => Math.abs((left[at + part] ?? 0) - (right[at + part] ?? 0)) > limit)) count += 1;
          }
          counts.push(count);
        }
        return counts;
      },
      {
        given: pairs.map(([one, other]) => [one.toString('base64'), other.toString('base64')]),
        only: channels,
        limit: beyond,
      },
    );
  }

  test('those that are committed are what the one drawing gives', async () => {
    const drawn = await drawIcons(page);
    const there = ['tray', 'app'].flatMap((folder) =>
      readdirSync(join(resources, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(resources, join(entry.parentPath, entry.name)).split(sep).join('/')),
    );
    expect([...drawn.keys()].toSorted()).toEqual(there.toSorted());
    for (const [path, data] of drawn) {
      const fresh = pictures(path, data);
      const kept = pictures(path, existsSync(join(resources, path)) ? committed(path) : Buffer.alloc(0));
      expect(kept.length, path).toBe(fresh.length);
      // Another Chromium may smooth an edge otherwise.
      const counts = await different(
        fresh.map((png, index) => [png, kept[index] ?? png] as const),
        [0, 1, 2, 3],
        48,
      );
      for (const [index, count] of counts.entries()) {
        const side = sideOf(fresh[index] ?? Buffer.alloc(24));
        expect(count, `${path} at ${side}`).toBeLessThanOrEqual(side / 8);
      }
    }
  });

  test('no two look alike without colour, at the smallest size there is', async () => {
    const smallest = new Map(names.map((name) => [name, pictures('x.ico', committed(`tray/windows/${name}.ico`))[0]]));
    const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const));
    const counts = await different(
      pairs.map(([one, other]) => [smallest.get(one) ?? Buffer.alloc(0), smallest.get(other) ?? Buffer.alloc(0)]),
      [3],
      128,
    );
    const closest = counts
      .map((count, index) => ({ count, pair: pairs[index]?.join(' and ') ?? '' }))
      .toSorted((one, other) => one.count - other.count);
    process.stdout.write(`closest at 16 px: ${closest[0]?.pair}, ${closest[0]?.count} of 256 pixels apart\n`);
    for (const { count, pair } of closest) expect(count, pair).toBeGreaterThanOrEqual(10);
  });

  test('templates of macOS are black, and say everything by opacity', async () => {
    const templates = names.map((name) => committed(`tray/macos/${name}Template@2x.png`));
    const black = await page.evaluate(
      async (given) => {
        const answers: boolean[] = [];
        for (const data of given) {
          const image = new Image();
          image.src = `data:image/png;base64,${data}`;
          await image.decode();
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
          context?.drawImage(image, 0, 0);
          const all = context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray([1]);
          answers.push(all.every((value, at) => at % 4 === 3 || value === 0));
        }
        return answers;
      },
      templates.map((data) => data.toString('base64')),
    );
    expect(black).toEqual(names.map(() => true));
  });
});
