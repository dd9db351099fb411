import type { Position } from './position.ts';

/** What of the earth a plot shows, in degrees, and where its lines stand. */
export interface PlotFrame {
  readonly west: number;
  readonly north: number;
  readonly width: number;
  readonly height: number;
  /** Degrees between two lines. */
  readonly step: number;
}

const world: PlotFrame = { west: -180, north: 90, width: 360, height: 180, step: 30 };
const steps = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15];

/** One place is shown on the whole earth; several as near as shows them all, twice as wide as high. */
export function frameOf(positions: readonly Position[]): PlotFrame {
  const [west, east] = bounds(positions.map(({ longitude }) => longitude));
  const [south, north] = bounds(positions.map(({ latitude }) => latitude));
  const height = Math.max(north - south, (east - west) / 2) * 1.5;
  if (height === 0 || height > 60) return world;
  const step = steps.find((one) => height / one <= 6) ?? 15;
  return { west: (west + east) / 2 - height, north: (south + north) / 2 + height / 2, width: height * 2, height, step };
}

/** Where the lines stand between two edges. */
export function linesBetween(from: number, to: number, step: number): readonly number[] {
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, index) =>
    Number(((first + index) * step).toFixed(4)),
  );
}

function bounds(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
