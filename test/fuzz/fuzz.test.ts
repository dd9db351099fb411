import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { properties } from './properties.ts';

const found = join(import.meta.dirname, '..', 'fixtures', 'found');
const runs = 300;

describe('whatever comes from outside', () => {
  test.each(properties)('holds of $name', async ({ property, weight }) => {
    await fc.assert(property, { numRuns: Math.ceil(runs * weight) });
  });
});

describe('what was found before', () => {
  test.each(readdirSync(found))('%s holds', async (file) => {
    const { property: name, value } = JSON.parse(readFileSync(join(found, file), 'utf8')) as {
      property: string;
      value: unknown;
    };
    const property = properties.find((one) => one.name === name);
    expect(property, name).toBeDefined();
    expect(await property?.property.run([value])).toBeNull();
  });
});
