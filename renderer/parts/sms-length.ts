/** The 7-bit alphabet of GSM 03.38; the second list costs two places. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extended = '^{}\\[~]|€\f';

export const longestText = 160;

/** Places of seven bits that a text takes, or the first character that the alphabet lacks. */
export type SmsLength =
  | { readonly kind: 'septets'; readonly count: number }
  | { readonly kind: 'outside'; readonly character: string };

export function smsLength(text: string): SmsLength {
  let count = 0;
  for (const character of text) {
    if (basic.includes(character)) count += 1;
    else if (extended.includes(character)) count += 2;
    else return { kind: 'outside', character };
  }
  return { kind: 'septets', count };
}
