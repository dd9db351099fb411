import type { BenchRun, BenchStepRun } from './bench.ts';
import type { ReplyPattern } from './sends.ts';

/* The report of a visit, in Markdown: what was sent to the device, what it answered, and whether that was expected. */

export interface ReportWords {
  readonly results: Readonly<Record<BenchRun['result'] | BenchStepRun['result'], string>>;
  readonly device: string;
  readonly account: string;
  readonly began: string;
  readonly ended: string;
  readonly columns: readonly string[];
  readonly any: string;
}

export const englishReport: ReportWords = {
  results: {
    running: 'running',
    passed: 'passed',
    failed: 'failed',
    stopped: 'stopped',
    waiting: 'to come',
    skipped: 'skipped',
  },
  device: 'Device',
  account: 'Account',
  began: 'Began',
  ended: 'Ended',
  columns: ['Step', 'Sent', 'Expected', 'Result', 'Answer', 'After'],
  any: 'any answer',
};

/** What an answer must hold, in a few characters. */
export function patternWords({ kind, value }: ReplyPattern, any: string): string {
  switch (kind) {
    case 'any':
      return any;
    case 'text':
      return `"${value}"`;
    case 'search':
      return value;
    case 'regex':
      return `/${value}/`;
  }
}

/** What a step says was answered, or why it did not pass. */
export function outcomeOf({ reply, reason }: BenchStepRun): string {
  return [reply?.text, reason].filter((part) => part !== null && part !== undefined).join(' – ');
}

/** Seconds that a step took; null where it did not end. */
export function secondsOf({ startedAt, endedAt, reply }: BenchStepRun): number | null {
  if (startedAt === null || endedAt === null) return null;
  return Math.max(0, Date.parse(reply?.receivedAt ?? endedAt) - Date.parse(startedAt)) / 1000;
}

/** Texts come from devices: nothing in them may become markup, break the table or turn the line around. */
function cell(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\\|`*_<>[\]&~#]/g, '\\$&')
    .trim();
}

function time(iso: string | null): string {
  return iso === null ? '–' : `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

export function benchReport(run: BenchRun, words: ReportWords = englishReport): string {
  const rows = run.steps.map((step, index) => {
    const seconds = secondsOf(step);
    return [
      String(index + 1),
      cell(step.send ?? '–'),
      cell(step.expect ? patternWords(step.expect, words.any) : '–'),
      words.results[step.result],
      cell(outcomeOf(step)),
      seconds === null ? '–' : `${seconds.toFixed(1)} s`,
    ];
  });
  const table = [words.columns, words.columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [
    `# ${cell(run.name)}: ${words.results[run.result]}`,
    '',
    `- ${words.device}: ${cell(`${run.to.kind} ${run.to.id}`)}`,
    `- ${words.account}: ${cell(run.account)}`,
    `- ${words.began}: ${time(run.startedAt)}`,
    `- ${words.ended}: ${time(run.endedAt)}`,
    '',
    ...table,
    '',
  ].join('\n');
}
