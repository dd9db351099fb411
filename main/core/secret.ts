/** A value that shows itself as «hidden» wherever it is printed, joined or serialised by mistake. */
export interface Secret {
  /** The value, for the keychain and the wire only. */
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

const hidden = '«hidden»';

export function createSecret(value: string): Secret {
  return { reveal: () => value, toString: () => hidden, toJSON: () => hidden };
}

/** Whether both are equal, in a time that tells nothing about where they differ. */
export function sameSecret(given: string, expected: Secret): boolean {
  const value = expected.reveal();
  let difference = given.length ^ value.length;
  for (let index = 0; index < given.length; index += 1) {
    difference |= given.charCodeAt(index) ^ value.charCodeAt(index % Math.max(1, value.length));
  }
  return difference === 0;
}
