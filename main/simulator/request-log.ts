import type { IncomingHttpHeaders } from 'node:http';

export interface LoggedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** The route's name, or null when none matched. */
  readonly route: string | null;
  readonly headers: IncomingHttpHeaders;
  /** Which of the three headers came that every M2M call needs; the content type as it was written. */
  readonly sent: {
    readonly authorization: boolean;
    readonly sessionToken: boolean;
    readonly contentType: string | null;
  };
  readonly body: string;
  /** Milliseconds since 1970, by the simulator's clock. */
  readonly receivedAt: number;
  /** What was answered; `hang` and `reset` for the faults, null while the answer is being made. */
  readonly status: number | 'hang' | 'reset' | null;
}

type Entry = { -readonly [Field in keyof LoggedRequest]: LoggedRequest[Field] };

export interface RequestLog {
  /** Keeps the request; the returned function adds the status. */
  add(request: Omit<LoggedRequest, 'sent' | 'status'>): (status: LoggedRequest['status']) => void;
  entries(): readonly LoggedRequest[];
}

const bodyLimit = 65_536;

/** The newest `limit` requests to the API. */
export function createRequestLog(limit: number): RequestLog {
  let entries: Entry[] = [];
  return {
    add(request) {
      const { headers } = request;
      const sent = {
        authorization: headers.authorization !== undefined,
        sessionToken: headers['vz-m2m-token'] !== undefined,
        contentType: headers['content-type'] ?? null,
      };
      const entry: Entry = { ...request, body: request.body.slice(0, bodyLimit), sent, status: null };
      entries.push(entry);
      // Cut in halves: dropping one from the front for each added one would cost the length of the log.
      if (entries.length > limit * 2) entries = entries.slice(-limit);
      return (status) => {
        entry.status = status;
      };
    },
    entries: () => entries.slice(-limit),
  };
}
