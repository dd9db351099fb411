import { setGlobalProxyFromEnv } from 'node:http';
import tls from 'node:tls';

/** The proxies that the environment names, with their passwords if they have any; null: none. */
export interface Proxies {
  readonly http: string | null;
  readonly https: string | null;
  /** Hosts that are reached without, as `NO_PROXY` lists them. */
  readonly except: string;
}

export const noProxies: Proxies = { http: null, https: null, except: '' };

/** This computer is never asked for by a proxy: the listener and the simulator are on it. */
const here = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** The proxies as Node's own agents and `fetch` take them. */
export function proxyEnvironment({ http, https, except }: Proxies): Readonly<Record<string, string>> {
  return {
    ...(http === null ? {} : { HTTP_PROXY: http }),
    ...(https === null ? {} : { HTTPS_PROXY: https }),
    NO_PROXY: [...here, except].filter((host) => host !== '').join(','),
  };
}

/**
 * How this process reaches other computers: through the proxies, and trusting the system's authorities beside Node's
 * own (and those of NODE_EXTRA_CA_CERTS, which Node reads itself), as the browsers on it do.
 */
export function joinNetwork(proxies: Proxies, apiBase: string): void {
  tls.DEFAULT_MIN_VERSION = 'TLSv1.2';
  if (proxies.http !== null || proxies.https !== null) setGlobalProxyFromEnv(proxyEnvironment(proxies));
  // Reading the system's store takes a moment, which a service on this computer does not need.
  if (!apiBase.startsWith('https:')) return;
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...tls.getCACertificates('system')]);
}
