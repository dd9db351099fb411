import { writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { type Spread, spreadOf } from './stats.ts';

export interface Goal {
  readonly words: string;
  readonly met: boolean;
}

/** One line of the table: what `subject` did in `workload`, over all rounds. */
export interface Figure {
  readonly part: string;
  readonly workload: string;
  readonly subject: string;
  readonly unit: string;
  readonly value: Spread;
  /** The same against another subject, round by round. */
  readonly ratio?: Spread;
  readonly ratioTo?: string;
  readonly goal?: Goal;
}

export interface Report {
  /** Notes what each round gave; one value is a round of its own. */
  add(
    line: Pick<Figure, 'workload' | 'subject' | 'unit'> & {
      readonly values: readonly number[];
      readonly against?: { readonly name: string; readonly values: readonly number[] };
      readonly goal?: (value: Spread, ratio: Spread) => Goal;
    },
  ): void;
  /** A peer or a measurement that is not there, and why. */
  missing(subject: string, why: string): void;
}

export interface ReportBook {
  part(name: string): Report;
  /** Prints the table and writes everything as JSON. */
  finish(path: string): void;
}

export function goal(words: string, met: boolean): Goal {
  return { words, met };
}

function shown(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}

function spreadText({ median, least, most }: Spread): string {
  return least === most ? shown(median) : `${shown(median)} (${shown(least)}–${shown(most)})`;
}

function rowOf(figure: Figure): readonly string[] {
  const { workload, subject, unit, value, ratio, ratioTo, goal: set } = figure;
  const against = ratio && ratioTo !== undefined ? `${spreadText(ratio)} × ${ratioTo}` : '';
  return [
    workload,
    subject,
    `${spreadText(value)} ${unit}`,
    against,
    set ? `${set.met ? 'met' : 'MISSED'}: ${set.words}` : '',
  ];
}

function print(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

export function createReportBook(): ReportBook {
  const figures: Figure[] = [];
  const missing: { readonly part: string; readonly subject: string; readonly why: string }[] = [];
  return {
    part: (part) => ({
      add({ values, against, goal: judge, ...line }) {
        const value = spreadOf(values);
        const ratio = against && spreadOf(values.map((each, round) => each / (against.values[round] ?? Number.NaN)));
        const figure: Figure = {
          part,
          ...line,
          value,
          ...(ratio && against ? { ratio, ratioTo: against.name } : {}),
          ...(judge ? { goal: judge(value, ratio ?? value) } : {}),
        };
        figures.push(figure);
        console.log(`  ${rowOf(figure).filter(Boolean).join(' · ')}`);
      },
      missing(subject, why) {
        missing.push({ part, subject, why });
        console.log(`  ${subject}: not measured. ${why}`);
      },
    }),
    finish(path) {
      for (const part of new Set(figures.map((figure) => figure.part))) {
        console.log(`\n${part}`);
        print([
          ['workload', 'subject', 'median (least–most)', 'ratio', 'goal'],
          ...figures.filter((figure) => figure.part === part).map(rowOf),
        ]);
      }
      for (const { part, subject, why } of missing) console.log(`not measured in ${part}: ${subject}. ${why}`);
      const machine = {
        node: process.version,
        system: `${platform()} ${arch()}`,
        cores: cpus().length,
        processor: cpus()[0]?.model.trim() ?? '',
        memoryGiB: Math.round(totalmem() / 2 ** 30),
      };
      writeFileSync(path, `${JSON.stringify({ machine, figures, missing }, null, 2)}\n`);
      console.log(`\nAll of it: ${path}`);
    },
  };
}
