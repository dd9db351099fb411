const fewestBytes = 4;
const fewestBase64 = 12;

/** Bytes written as hexadecimal: pairs that stand together or apart by one kind of sign. Null for anything else. */
export function hexBytes(text: string): Uint8Array | null {
  const written = text.trim();
  const pairs = /^(?:0x)?[0-9a-f]{2}(?:([ ,:;-]|, )(?:0x)?[0-9a-f]{2}(?:\1(?:0x)?[0-9a-f]{2})*|(?:[0-9a-f]{2})*)$/i;
  // Digits alone are a number, a time or an identifier far more often than bytes.
  if (!pairs.test(written) || !/[a-f]|0x/i.test(written)) return null;
  const bytes = [...written.replaceAll(/0x/gi, '').matchAll(/[0-9a-f]{2}/gi)].map(([pair]) =>
    Number.parseInt(pair, 16),
  );
  return bytes.length < fewestBytes ? null : Uint8Array.from(bytes);
}

/** Text that was written as base64 (either alphabet); null where it is not that, or its bytes are no readable text. */
export function base64Text(text: string): string | null {
  const written = text.trim();
  if (written.length < fewestBase64 || !/^[\w+/-]+={0,2}$/.test(written)) return null;
  const plain = written.replaceAll('-', '+').replaceAll('_', '/');
  if (plain.replace(/=+$/, '').length % 4 === 1 || (plain.endsWith('=') && plain.length % 4 !== 0)) return null;
  const bytes = Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
  return readable(bytes);
}

/** Bytes as UTF-8 where that is text that can be read, else null. */
export function readable(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /[\p{Cc}\p{Cn}\p{Co}]/u.test(text.replaceAll(/[\r\n\t]/g, '')) ? null : text;
  } catch {
    return null;
  }
}
