/**
 * Text from outside as one harmless line for menus, tooltips and notifications: no control or direction-changing
 * characters, no towers of accents, at most `limit` characters. Devices send what they like.
 */
export function plainText(text: string, limit: number): string {
  // A text may be megabytes long; what lies far behind the limit is never shown.
  const start = text.slice(0, limit * 8).toWellFormed();
  const line = start
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    // U+200D joins emoji and is no danger.
    .replace(/(?!\u200D)[\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
  const characters = Array.from(line);
  const cut = characters.length > limit || text.length > start.length;
  return cut
    ? `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
    : line;
}

/** Notification bodies on Linux are markup (Desktop Notifications Specification), and Electron hands them on as given. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What steers a terminal, breaks a line, or turns text around. */
const steering = /[\p{Cc}\p{Cs}\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The same text with `\u009b` and the like in place of what steers. Inside JSON it stays the same value. */
export function visible(text: string): string {
  return text.replaceAll(steering, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
