import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { light } from '../../preload/contract/snapshot.ts';

const resources = join(import.meta.dirname, '..', '..', 'resources');

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

async function pngSize(path: string): Promise<readonly [number, number]> {
  const data = await readFile(join(resources, path));
  return [data.readUInt32BE(16), data.readUInt32BE(20)];
}

test('each light has a colour that stands out from light and dark panels by 3:1', async () => {
  const colours = JSON.parse(await readFile(join(resources, 'drawings', 'light-colours.json'), 'utf8')) as object;
  expect(Object.keys(colours).sort()).toEqual([...light.options].sort());
  for (const [name, colour] of Object.entries(colours) as [string, string][]) {
    for (const panel of ['#ffffff', '#242424', '#000000']) {
      expect(contrast(colour, panel), `${name} on ${panel}`).toBeGreaterThanOrEqual(3);
    }
  }
});

test('each light is drawn at the sizes that each system asks for', async () => {
  for (const each of light.options) {
    for (const name of [each, `${each}-unread`]) {
      expect(await pngSize(`tray/linux/${name}.png`)).toEqual([22, 22]);
      expect(await pngSize(`tray/linux/${name}@2x.png`)).toEqual([44, 44]);
      expect(await pngSize(`tray/macos/${name}Template.png`)).toEqual([18, 18]);
      expect(await pngSize(`tray/macos/${name}Template@2x.png`)).toEqual([36, 36]);
      const ico = await readFile(join(resources, 'tray', 'windows', `${name}.ico`));
      expect([0, 1, 2, 3, 4].map((index) => ico.readUInt8(6 + 16 * index))).toEqual([16, 20, 24, 32, 48]);
    }
  }
});

test('no two lights look the same without colour', async () => {
  const names = light.options.flatMap((each) => [each, `${each}-unread`]);
  const drawn = await Promise.all(
    names.map((name) => readFile(join(resources, 'tray', 'macos', `${name}Template.png`), 'base64')),
  );
  expect(new Set(drawn).size).toBe(14);
});
