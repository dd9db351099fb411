import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from './report.ts';

/** What every part of the benchmark is given. */
export interface Bench {
  readonly report: Report;
  /** Fewer rounds and smaller data: to see that it works, not to compare. */
  readonly quick: boolean;
  /** A fresh folder, gone with the run. */
  folder(name: string): string;
  /** What is made once for a run and shared between its parts. */
  once<T>(name: string, make: () => Promise<T>): Promise<T>;
  /** Called when the run ends, last first. */
  atEnd(call: () => Promise<void> | void): void;
}

export type Part = (bench: Bench) => Promise<void>;

export interface Surroundings {
  readonly quick: boolean;
  bench(report: Report): Bench;
  close(): Promise<void>;
}

/** The folder that all parts work in: BENCH_DIRECTORY chooses the disk. */
export function createSurroundings(quick: boolean): Surroundings {
  const scratch = mkdtempSync(join(process.env['BENCH_DIRECTORY'] ?? tmpdir(), 'thingspace-sms-bench-'));
  const made = new Map<string, Promise<unknown>>();
  const ends: (() => Promise<void> | void)[] = [];
  let folders = 0;
  return {
    quick,
    bench: (report) => ({
      report,
      quick,
      folder(name) {
        const path = join(scratch, `${(folders += 1)}-${name}`);
        mkdirSync(path);
        return path;
      },
      once<T>(name: string, make: () => Promise<T>): Promise<T> {
        const known = made.get(name) ?? make();
        made.set(name, known);
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what stands under a name is what its maker made
        return known as Promise<T>;
      },
      atEnd: (call) => void ends.push(call),
    }),
    async close() {
      for (const end of ends.reverse()) await end();
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Measures all subjects in turn, round after round, so that what else the machine does falls on each of them. */
export async function alternate<K extends string, T>(
  rounds: number,
  subjects: Readonly<Record<K, () => Promise<T>>>,
): Promise<Readonly<Record<K, readonly T[]>>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of an object literal
  const names = Object.keys(subjects) as K[];
  const results = new Map<K, T[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const name of round % 2 === 0 ? names : [...names].reverse()) results.get(name)?.push(await subjects[name]());
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each name has its list
  return Object.fromEntries(results) as Record<K, T[]>;
}
