/** Requests and answers as plain data, and the shapes of ThingSpace's refusals. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as a JSON object, or null when it is anything else. */
export function readFields(body: string): Fields | null {
  try {
    const value: unknown = JSON.parse(body);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/** A path parameter of a matched route. A missing one is a mistake in the route table. */
export function parameter(call: Call, name: string): string {
  const value = call.parameters[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function bare(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: '' };
}

/** The M2M error shape; `code` is the part after the service's name. Notes, section 8.1. */
export function m2mError(code: string, errorMessage: string): Reply {
  return json(400, { errorCode: `UnifiedWebService.${code}`, errorMessage });
}

/** The API gateway's JSON fault. Notes, sections 1.5 and 8.2. */
export function gatewayFault(status: number, code: string, message: string, description: string): Reply {
  const body = JSON.stringify({ fault: { code, message, description } });
  return { status, headers: { 'Content-Type': 'application/json; charset=UTF-8' }, body };
}

export function missingCredentials(scheme: 'Basic' | 'Bearer'): Reply {
  const description =
    'Required OAuth credentials not provided. ' +
    `Make sure your API invocation call has a header: "Authorization: ${scheme} ACCESS_TOKEN"`;
  return gatewayFault(401, '900902', 'Missing Credentials', description);
}

export function noMatchingResource(): Reply {
  const message = 'No matching resource found in the API for the given request';
  return gatewayFault(400, '900906', message, 'Check the API documentation and add a proper REST resource path');
}

/** The gateway's XML fault: the documentation shows this text, code 404 included, for 403 too. */
export function xmlFault(status: 403 | 404 | 503): Reply {
  const body =
    '<am:fault xmlns:am="http://wso2.org/apimanager"><am:code>404</am:code><am:type>Status report</am:type>' +
    '<am:message>Not Found</am:message><am:description>The requested resource is not available.</am:description></am:fault>';
  return { status, headers: { 'Content-Type': 'application/xml' }, body };
}

const bodyLimit = 1_048_576;

/** The whole body as text, or null when it is larger than 1 MiB or was cut off. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      const bytes: unknown = chunk;
      if (!Buffer.isBuffer(bytes)) return null;
      size += bytes.length;
      if (size > bodyLimit) return null;
      chunks.push(bytes);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}
