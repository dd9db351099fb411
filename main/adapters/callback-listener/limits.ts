/** How much of the outside world the listener puts up with. */
export interface ListenerLimits {
  /** Longest body in bytes, declared or real. Callbacks have well under 8 KiB (API notes, 2.3). */
  readonly bodyBytes: number;
  /** Deepest nesting of arrays and objects. */
  readonly depth: number;
  /** All header lines of a request together, in bytes. */
  readonly headerBytes: number;
  /** From the connection, or the first byte of a further request, to the end of its header (milliseconds). */
  readonly headersMs: number;
  /** The same to the end of the body. */
  readonly requestMs: number;
  /** How long a connection may wait for a further request (milliseconds). */
  readonly keepAliveMs: number;
  readonly connections: number;
}

export const defaultLimits: ListenerLimits = {
  bodyBytes: 64 * 1024,
  depth: 32,
  headerBytes: 16 * 1024,
  headersMs: 5_000,
  requestMs: 10_000,
  keepAliveMs: 30_000,
  connections: 512,
};
