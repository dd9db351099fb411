const lineFeed = 0x0a;
const quote = 0x22;
/** Longer than any row that an export writes (bytes): what is longer is damage, such as a lost quote. */
const longestRecord = 1024 * 1024;

/** The beginning of a record that never ended within the limit, or of bytes that are no UTF-8, is told as null. */
export type FileRecord = string | null;

/** Takes what is read apart into records, line ends included, of which only the last may lack one. With `quoted`, line feeds between quotes belong to the record. */
export async function* recordsOf(chunks: AsyncIterable<Buffer>, quoted: boolean): AsyncGenerator<FileRecord> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const text = (bytes: Buffer): FileRecord => {
    try {
      return decoder.decode(bytes);
    } catch {
      return null;
    }
  };
  let rest: Buffer = Buffer.alloc(0);
  let inside = false;
  for await (const bytes of chunks) {
    let from = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      if (quoted && bytes[at] === quote) inside = !inside;
      if (bytes[at] !== lineFeed || inside) continue;
      yield text(Buffer.concat([rest, bytes.subarray(from, at + 1)]));
      rest = Buffer.alloc(0);
      from = at + 1;
    }
    rest = Buffer.concat([rest, bytes.subarray(from)]);
    if (rest.length > longestRecord) {
      yield null;
      return;
    }
  }
  if (rest.length > 0) yield text(rest);
}
