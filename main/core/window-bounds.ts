/** Places on the screen, in the system's density-independent pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window was when it was last closed. */
export interface WindowPlace {
  readonly bounds: Rectangle;
  readonly maximized: boolean;
}

/** Work areas of the displays that exist now; the first is the primary one's. */
export type WorkAreas = readonly [Rectangle, ...Rectangle[]];

export const smallestWindow = { width: 480, height: 360 };
const usualWindow = { width: 1180, height: 760 };
/** This much of the window must have been on a display for it to count as being there. */
const visible = { width: 120, height: 80 };

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false;
  const numbers: Readonly<Record<string, unknown>> = { ...value };
  return ['x', 'y', 'width', 'height'].every((name) => {
    const number = numbers[name];
    return Number.isSafeInteger(number) && Math.abs(Number(number)) < 1_000_000;
  });
}

/** Reads a stored place; null for anything that is not one. */
export function parseWindowPlace(json: string): WindowPlace | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('bounds' in value) || !('maximized' in value)) return null;
  const { bounds, maximized } = value;
  return isRectangle(bounds) && typeof maximized === 'boolean' ? { bounds, maximized } : null;
}

function isOn(area: Rectangle, bounds: Rectangle): boolean {
  const width = Math.min(area.x + area.width, bounds.x + bounds.width) - Math.max(area.x, bounds.x);
  const height = Math.min(area.y + area.height, bounds.y + bounds.height) - Math.max(area.y, bounds.y);
  return width >= Math.min(visible.width, bounds.width) && height >= Math.min(visible.height, bounds.height);
}

function sizeWithin(area: Rectangle, size: { readonly width: number; readonly height: number }) {
  return {
    width: Math.min(Math.max(size.width, smallestWindow.width), area.width),
    height: Math.min(Math.max(size.height, smallestWindow.height), area.height),
  };
}

function movedInto(area: Rectangle, bounds: Rectangle): Rectangle {
  const size = sizeWithin(area, bounds);
  return {
    x: Math.min(Math.max(bounds.x, area.x), area.x + area.width - size.width),
    y: Math.min(Math.max(bounds.y, area.y), area.y + area.height - size.height),
    ...size,
  };
}

function centred(area: Rectangle): Rectangle {
  const size = sizeWithin(area, usualWindow);
  return {
    x: area.x + Math.floor((area.width - size.width) / 2),
    y: area.y + Math.floor((area.height - size.height) / 2),
    ...size,
  };
}

/** Where to open the window: where it was, drawn into the display that shows it; else amid the primary display. */
export function windowPlace(saved: WindowPlace | null, areas: WorkAreas): WindowPlace {
  const area = saved && areas.find((candidate) => isOn(candidate, saved.bounds));
  if (!saved || !area) return { bounds: centred(areas[0]), maximized: saved?.maximized ?? false };
  return { bounds: movedInto(area, saved.bounds), maximized: saved.maximized };
}
