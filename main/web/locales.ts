/** More than anybody prefers. */
const most = 16;

/** The locales of an `Accept-Language` header, the best first. Takes any text whatever. */
export function preferredLocales(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',', most)
    .map((part) => {
      const [locale = '', weight] = part.trim().split(/\s*;\s*q=/i);
      return { locale, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ locale, weight }) => /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(locale) && weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ locale }) => locale);
}
