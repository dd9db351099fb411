const lineFeed = 0x0a;

/** Cuts a byte stream into lines of at most `limit` bytes; `onTooLong` is called at the first that is longer. */
export function createLineReader(
  limit: number,
  onLine: (line: string) => void,
  onTooLong: () => void,
): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let size = 0;
  let isOver = false;

  function add(part: Buffer): void {
    size += part.length;
    if (size > limit) {
      isOver = true;
      parts = [];
      onTooLong();
    } else parts.push(part);
  }

  return (chunk) => {
    let from = 0;
    while (!isOver) {
      const end = chunk.indexOf(lineFeed, from);
      add(chunk.subarray(from, end === -1 ? chunk.length : end));
      if (end === -1 || isOver) return;
      const line = Buffer.concat(parts).toString('utf8');
      parts = [];
      size = 0;
      from = end + 1;
      onLine(line);
    }
  };
}

/** One value as a line. JSON has no raw line feed. */
export function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
