import type { Query, Term } from '../../core/query.ts';
import { spanBits } from './index-words.ts';
import { laneBits, newestSequence } from './rows.ts';

/* Rows of a single condition that can be counted without a look at each of them: by counters, spans and small indexes. */

/** A statement that gives one number. */
export interface Count {
  readonly sql: string;
  readonly values: readonly (number | string)[];
}

/* Each of these is an expression over a row of `summary`. */
const all = `${newestSequence} - deleted`;
/** Rows after those that the summary counts are unread: it is written whenever one is read. */
const unread = `(SELECT coalesce(sum(unread), 0) FROM account) + ${newestSequence} - through`;
/** The first condition is that of the index `came_by_history`. */
const byHistory = `SELECT count(*) FROM message WHERE lanes <> ${laneBits.callback}`;
const before = `(SELECT coalesce(sum(texts), 0) FROM span WHERE last_at < ?)
  + (SELECT count(*) FROM span s CROSS JOIN message m
       ON m.sequence >= s.number << ${spanBits} AND m.sequence < (s.number + 1) << ${spanBits}
     WHERE s.first_at < ? AND s.last_at >= ? AND m.received_at < ?)`;

function without(count: string): string {
  return `${all} - (${count})`;
}

function expressionOf(term: Term): { readonly expression: string; readonly values: Count['values'] } | null {
  switch (term.kind) {
    case 'unread':
      return { expression: term.unread ? unread : without(unread), values: [] };
    case 'starred':
      return { expression: '(SELECT count(*) FROM star)', values: [] };
    case 'via':
      return term.lane === 'history'
        ? { expression: `(${byHistory})`, values: [] }
        : { expression: without(`(${byHistory} AND lanes = ${laneBits.history})`), values: [] };
    case 'before':
      return { expression: before, values: [term.at, term.at, term.at, term.at] };
    case 'after':
      return { expression: without(before), values: [term.at, term.at, term.at, term.at] };
    case 'words':
    case 'device':
    case 'account':
    case 'unverified':
      return null;
  }
}

/** Counts what a query finds in next to no time; null where that cannot be. The index must hold no deleted row. */
export function quickCountOf(query: Query): Count | null {
  const [condition, ...others] = query;
  const found = condition && others.length === 0 ? expressionOf(condition.term) : null;
  if (!condition || !found) return null;
  const expression = condition.negated ? without(found.expression) : found.expression;
  return { sql: `SELECT ${expression} FROM summary`, values: found.values };
}
