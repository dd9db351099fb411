import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

/* Draws every icon of the app from icons.svg: `npm run icons`. The results are committed. */

const here = import.meta.dirname;

interface Drawing {
  readonly name: string;
  readonly viewBox: string;
  /** Empty where the shapes have colours of their own. */
  readonly colour: string;
  readonly shapes: string;
}

/** The drawings in icons.svg, each a symbol. */
export function readDrawings(): readonly Drawing[] {
  const source = readFileSync(join(here, 'icons.svg'), 'utf8');
  const symbol = /<symbol id="([^"]+)" viewBox="([^"]+)"(?: fill="([^"]+)")?>(.*?)<\/symbol>/gs;
  return [...source.matchAll(symbol)].map(([, name = '', viewBox = '', colour = '', shapes = '']) => ({
    name,
    viewBox,
    colour,
    shapes,
  }));
}

const linuxSizes = { '': 22, '@2x': 44 };
const macosSizes = { '': 18, '@2x': 36 };
const windowsSizes = [16, 20, 24, 32, 48];
const appSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Types of an ICNS entry by the size of its PNG. */
const icnsTypes = { 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' } as const;

function svg({ viewBox }: Drawing, colour: string, shapes: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" fill="${colour}">${shapes}</svg>`;
}

/** The mark stands at the bottom left: at the right it would hide in which quarter or half a ring is filled. */
function lightSvg(light: Drawing, colour: string, unread: boolean): string {
  const gap =
    '<mask id="gap"><rect width="16" height="16" fill="#fff"/><circle cx="3.5" cy="12.5" r="4.9" fill="#000"/></mask>';
  const marked = `${gap}<g mask="url(#gap)">${light.shapes}</g><circle cx="3.5" cy="12.5" r="3.4"/>`;
  return svg(light, colour, unread ? marked : light.shapes);
}

async function png(page: Page, picture: string, size: number): Promise<Buffer> {
  const data = await page.evaluate(
    async ({ picture: drawn, size: side }) => {
      const image = new Image(side, side);
      image.src = `data:image/svg+xml,${encodeURIComponent(drawn.replace('<svg ', `<svg width="${side}" height="${side}" `))}`;
      await image.decode();
      const canvas = new OffscreenCanvas(side, side);
      canvas.getContext('2d')?.drawImage(image, 0, 0, side, side);
      const blob = await canvas.convertToBlob({ type: 'image/png' });
      return Array.from(new Uint8Array(await blob.arrayBuffer()));
    },
    { picture, size },
  );
  return Buffer.from(data);
}

/** Windows' icon file: a directory, then PNGs. */
function ico(images: readonly { readonly size: number; readonly data: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  for (const [index, { size, data }] of images.entries()) {
    const at = 6 + 16 * index;
    // 0 stands for 256.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(data.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += data.length;
  }
  return Buffer.concat([head, ...images.map(({ data }) => data)]);
}

/** Apple's icon file: a head, then entries with type, length and PNG. */
function icns(images: readonly { readonly type: string; readonly data: Buffer }[]): Buffer {
  const entry = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(data.length + 8, 4);
    return Buffer.concat([head, data]);
  };
  return entry('icns', Buffer.concat(images.map(({ type, data }) => entry(type, data))));
}

/** Files by their path below this folder. */
type Files = Map<string, Buffer>;

async function drawLight(page: Page, files: Files, light: Drawing, unread: boolean): Promise<void> {
  const name = `${light.name}${unread ? '-unread' : ''}`;
  const coloured = lightSvg(light, light.colour, unread);
  const template = lightSvg(light, '#000', unread);
  for (const [suffix, size] of Object.entries(linuxSizes)) {
    files.set(`tray/linux/${name}${suffix}.png`, await png(page, coloured, size));
  }
  for (const [suffix, size] of Object.entries(macosSizes)) {
    files.set(`tray/macos/${name}Template${suffix}.png`, await png(page, template, size));
  }
  const images = [];
  for (const size of windowsSizes) images.push({ size, data: await png(page, coloured, size) });
  files.set(`tray/windows/${name}.ico`, ico(images));
}

/** Windows lays it over the corner of the taskbar's icon. */
async function drawOverlay(page: Page, files: Files): Promise<void> {
  const mark = '<circle cx="8" cy="8" r="7" fill="#c62828" stroke="#fff" stroke-width="2"/>';
  const overlay = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${mark}</svg>`;
  files.set('tray/windows/overlay-unread.png', await png(page, overlay, 32));
}

async function drawApp(page: Page, files: Files, app: Drawing): Promise<void> {
  const drawn = new Map<number, Buffer>();
  for (const size of appSizes) {
    const data = await png(page, svg(app, 'none', app.shapes), size);
    drawn.set(size, data);
    files.set(`app/${size}x${size}.png`, data);
  }
  const data = (size: number) => drawn.get(size) ?? Buffer.alloc(0);
  files.set('app/icon.ico', ico([16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, data: data(size) }))));
  files.set(
    'app/icon.icns',
    icns(Object.entries(icnsTypes).map(([size, type]) => ({ type, data: data(Number(size)) }))),
  );
}

/** Every icon, drawn in a page of Chromium. */
export async function drawIcons(page: Page): Promise<ReadonlyMap<string, Buffer>> {
  const files: Files = new Map();
  for (const drawing of readDrawings()) {
    if (drawing.name === 'app') await drawApp(page, files, drawing);
    else for (const unread of [false, true]) await drawLight(page, files, drawing, unread);
  }
  await drawOverlay(page, files);
  return files;
}

async function makeIcons(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const files = await drawIcons(await browser.newPage());
    for (const folder of ['tray', 'app']) rmSync(join(here, folder), { recursive: true, force: true });
    for (const [path, data] of files) {
      mkdirSync(dirname(join(here, path)), { recursive: true });
      writeFileSync(join(here, path), data);
    }
  } finally {
    await browser.close();
  }
}

if (import.meta.main) await makeIcons();
