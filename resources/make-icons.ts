import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

/* Draws every icon of the app from drawings/: `npm run icons`. The results are committed. */

const here = import.meta.dirname;
const lightsDrawing = readFileSync(join(here, 'drawings', 'lights.svg'), 'utf8');
const appDrawing = readFileSync(join(here, 'drawings', 'app.svg'), 'utf8');

/** test/desktop/icons.test.ts measures how each stands out from light and dark panels. */
const lightColours = new Map(
  Object.entries(JSON.parse(readFileSync(join(here, 'drawings', 'light-colours.json'), 'utf8'))).map(
    ([light, colour]) => [light, String(colour)] as const,
  ),
);

const linuxSizes = { '': 22, '@2x': 44 };
const macosSizes = { '': 18, '@2x': 36 };
const windowsSizes = [16, 20, 24, 32, 48];
const appSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Types of an ICNS entry by the size of its PNG. */
const icnsTypes = { 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' } as const;

function lightSvg(light: string, colour: string, unread: boolean): string {
  const shape = new RegExp(`<symbol id="${light}">(.*)</symbol>`).exec(lightsDrawing)?.[1];
  if (shape === undefined) throw new Error(`lights.svg has no ${light}`);
  const gap =
    '<mask id="gap"><rect width="16" height="16" fill="#fff"/><circle cx="12.5" cy="12.5" r="4.9" fill="#000"/></mask>';
  const body = unread ? `${gap}<g mask="url(#gap)">${shape}</g><circle cx="12.5" cy="12.5" r="3.4"/>` : shape;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="${colour}">${body}</svg>`;
}

async function png(page: Page, svg: string, size: number): Promise<Buffer> {
  const data = await page.evaluate(
    async ({ svg, size }) => {
      const image = new Image(size, size);
      image.src = `data:image/svg+xml,${encodeURIComponent(svg.replace('<svg ', `<svg width="${size}" height="${size}" `))}`;
      await image.decode();
      const canvas = new OffscreenCanvas(size, size);
      canvas.getContext('2d')?.drawImage(image, 0, 0, size, size);
      const blob = await canvas.convertToBlob({ type: 'image/png' });
      return Array.from(new Uint8Array(await blob.arrayBuffer()));
    },
    { svg, size },
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

function write(path: string, data: Buffer): void {
  const file = join(here, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, data);
}

async function drawLight(page: Page, light: string, colour: string, unread: boolean): Promise<void> {
  const name = `${light}${unread ? '-unread' : ''}`;
  const coloured = lightSvg(light, colour, unread);
  const template = lightSvg(light, '#000', unread);
  for (const [suffix, size] of Object.entries(linuxSizes)) {
    write(`tray/linux/${name}${suffix}.png`, await png(page, coloured, size));
  }
  for (const [suffix, size] of Object.entries(macosSizes)) {
    write(`tray/macos/${name}Template${suffix}.png`, await png(page, template, size));
  }
  const images = [];
  for (const size of windowsSizes) images.push({ size, data: await png(page, coloured, size) });
  write(`tray/windows/${name}.ico`, ico(images));
}

/** Windows lays it over the corner of the taskbar's icon. */
async function drawOverlay(page: Page): Promise<void> {
  const mark = '<circle cx="8" cy="8" r="7" fill="#c62828" stroke="#fff" stroke-width="2"/>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${mark}</svg>`;
  write('tray/windows/overlay-unread.png', await png(page, svg, 32));
}

async function drawApp(page: Page): Promise<void> {
  const drawn = new Map<number, Buffer>();
  for (const size of appSizes) {
    const data = await png(page, appDrawing, size);
    drawn.set(size, data);
    write(`app/${size}x${size}.png`, data);
  }
  const data = (size: number) => drawn.get(size) ?? Buffer.alloc(0);
  write('app/icon.ico', ico([16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, data: data(size) }))));
  write('app/icon.icns', icns(Object.entries(icnsTypes).map(([size, type]) => ({ type, data: data(Number(size)) }))));
}

async function makeIcons(): Promise<void> {
  rmSync(join(here, 'tray'), { recursive: true, force: true });
  rmSync(join(here, 'app'), { recursive: true, force: true });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    for (const [light, colour] of lightColours) {
      await drawLight(page, light, colour, false);
      await drawLight(page, light, colour, true);
    }
    await drawOverlay(page);
    await drawApp(page);
  } finally {
    await browser.close();
  }
}

await makeIcons();
