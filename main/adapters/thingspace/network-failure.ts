import { type ServiceFailure, serviceFailure } from '../../core/failure.ts';

const certificates: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "its certificate has expired by this computer's clock: check date and time here",
  CERT_NOT_YET_VALID: "its certificate is not valid yet by this computer's clock: check date and time here",
  CERT_REVOKED: 'its certificate was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that this computer does not trust',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an authority that this computer does not trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that this computer does not trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority that this computer does not trust',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** The first system, TLS or undici code along the chain of causes, or null. */
function codeOf(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0]);
  }
  return null;
}

function sentence(code: string | null, host: string): string {
  const certificate = code === null ? undefined : certificates[code];
  if (certificate !== undefined) {
    return `${host} could not be trusted: ${certificate}. A proxy that opens TLS can cause this too. Nothing secret was sent.`;
  }
  switch (code) {
    case 'ENOTFOUND':
      return `The name ${host} could not be found. Check the network, the VPN and the spelling of the address.`;
    case 'EAI_AGAIN':
      return `The name ${host} could not be looked up: no name server answered, so this computer may be offline.`;
    case 'ECONNREFUSED':
      return `${host} refused the connection: nothing accepts it there.`;
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EADDRNOTAVAIL':
      return `There is no way to ${host}: this computer may be offline.`;
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `${host} did not accept the connection in time: a firewall may swallow it.`;
    case 'UND_ERR_ABORTED':
    case 'ERR_PROXY_TUNNEL':
      return `The proxy of this network (HTTPS_PROXY) did not let the request to ${host} through: check its address, user name and password.`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return `The connection to ${host} broke off before the answer was there.`;
    default:
      return code !== null && /^(ERR_SSL_|ERR_TLS_|EPROTO|CERT_)/.test(code)
        ? `No secure connection to ${host} could be made (${code}): is there TLS at this address, and no proxy in between?`
        : `The request to ${host} failed${code === null ? '' : ` (${code})`}.`;
  }
}

const withoutConnection = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_PROXY_TUNNEL',
  ...Object.keys(certificates),
]);

/** What `fetch` threw, as a failure: no connection, or one that broke. */
export function networkFailure(error: unknown, apiBase: string): ServiceFailure {
  const code = codeOf(error);
  const mayHaveArrived = code === null || !withoutConnection.has(code);
  return serviceFailure('network', sentence(code, new URL(apiBase).host), { mayHaveArrived });
}
