import type { Expectation, ReplyPattern } from '../../preload/contract/sends.ts';
import { measureText, type SmsEncoding, type SmsMeasure } from '../../preload/contract/sms-text.ts';
import { fillTemplate, placeholdersOf, valueOf } from '../../preload/contract/template.ts';
import { longestTimeToLive } from '../../preload/contract/time-to-live.ts';

/** A text that is being written, and how it is to be sent. */
export interface Draft {
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
  readonly encoding: SmsEncoding | 'auto';
  /** Seconds that ThingSpace tries, as chosen. */
  readonly life: string;
  readonly expect: ReplyPattern['kind'] | 'none';
  readonly value: string;
  readonly seconds: string;
}

export const emptyDraft: Draft = {
  text: '',
  values: {},
  encoding: 'auto',
  life: String(longestTimeToLive),
  expect: 'none',
  value: '',
  seconds: '60',
};

/** The text with its places filled: what is measured and sent. */
export function filled({ text, values }: Draft): string {
  const given = Object.entries(values).filter(([, value]) => value !== '');
  return fillTemplate(text, Object.fromEntries(given));
}

/** Places of the text that have no value yet. */
export function unfilled(draft: Draft): readonly string[] {
  return placeholdersOf(draft.text).filter((name) => valueOf(draft.values, name) === '');
}

export function measured(draft: Draft): SmsMeasure {
  return measureText(filled(draft), draft.encoding === 'auto' ? null : draft.encoding);
}

/** Whole seconds from 1 to a day, or null. */
export function secondsOf(text: string): number | null {
  const seconds = Number(text);
  return /^\d{1,5}$/.test(text) && seconds >= 1 && seconds <= 86_400 ? seconds : null;
}

/** What is expected; null when nothing is, `unfit` while it is not said whole. */
export function expectationOf({ expect, value, seconds }: Draft): Expectation | null | 'unfit' {
  if (expect === 'none') return null;
  const within = secondsOf(seconds);
  if (within === null || (expect !== 'any' && value.trim() === '')) return 'unfit';
  return { pattern: { kind: expect, value: expect === 'any' ? '' : value }, seconds: within };
}

/** Whether the draft can be sent as it stands. */
export function isFit(draft: Draft): boolean {
  const { used, limit, outside } = measured(draft);
  return (
    used > 0 && used <= limit && outside === null && expectationOf(draft) !== 'unfit' && unfilled(draft).length === 0
  );
}
