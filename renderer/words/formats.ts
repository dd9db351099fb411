/** A noun for each of the language's plural categories; `other` stands for those that are not given. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** How one language of one region writes numbers and moments, and which form a count takes. */
export interface Formats {
  /** BCP 47, such as `es-MX`. */
  readonly locale: string;
  readonly number: (value: number) => string;
  /** `1 text`, `1,000 texts`: the number and its noun, by the language's own plural rules. */
  readonly count: (value: number, forms: Forms) => string;
  /** The form that a count takes, without the number. */
  readonly form: (value: number, forms: Forms) => string;
  /** `Nov 23`, in this computer's zone. */
  readonly day: (at: Date) => string;
  /** `Nov 23, 2026` */
  readonly date: (at: Date) => string;
  /** `14:03:22`. Twenty-four hours in every language, as ThingSpace, logs and the terminal write them. */
  readonly clock: (at: Date) => string;
  /** `14:03` */
  readonly minute: (at: Date) => string;
  /** `Nov 23, 2026, 14:03:22.123 GMT+1` */
  readonly moment: (at: Date) => string;
}

const day = { month: 'short', day: '2-digit' } as const;
const minute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const clock = { ...minute, second: '2-digit' } as const;

export function createFormats(locale: string): Formats {
  const numbers = new Intl.NumberFormat(locale);
  const rules = new Intl.PluralRules(locale);
  const writer = (options: Intl.DateTimeFormatOptions): ((at: Date) => string) => {
    const format = new Intl.DateTimeFormat(locale, options);
    return (at) => format.format(at);
  };
  const form = (value: number, forms: Forms): string => forms[rules.select(value)] ?? forms.other;
  return {
    locale,
    number: (value) => numbers.format(value),
    form,
    count: (value, forms) => `${numbers.format(value)} ${form(value, forms)}`,
    day: writer(day),
    date: writer({ ...day, year: 'numeric' }),
    clock: writer(clock),
    minute: writer(minute),
    moment: writer({ ...day, year: 'numeric', ...clock, fractionalSecondDigits: 3, timeZoneName: 'short' }),
  };
}
