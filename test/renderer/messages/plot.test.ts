import { expect, test } from 'vitest';
import { frameOf, linesBetween } from '../../../renderer/messages/plot.ts';

test('one place, or places far apart, are shown on the whole earth', () => {
  const world = { west: -180, north: 90, width: 360, height: 180, step: 30 };
  expect(frameOf([{ latitude: 47, longitude: -122 }])).toEqual(world);
  expect(
    frameOf([
      { latitude: 47, longitude: -122 },
      { latitude: -30, longitude: 150 },
    ]),
  ).toEqual(world);
});

test('places near one another all stand within the frame, between a few lines', () => {
  const positions = [
    { latitude: 48.1173, longitude: 11.5167 },
    { latitude: 48.1188, longitude: 11.5317 },
  ];
  const { west, north, width, height, step } = frameOf(positions);
  for (const { latitude, longitude } of positions) {
    expect(longitude).toBeGreaterThan(west);
    expect(longitude).toBeLessThan(west + width);
    expect(latitude).toBeLessThan(north);
    expect(latitude).toBeGreaterThan(north - height);
  }
  expect(linesBetween(north - height, north, step).length).toBeGreaterThan(1);
  expect(linesBetween(west, west + width, step).length).toBeLessThan(14);
});
