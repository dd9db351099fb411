/** The first layer: OAuth client credentials. Notes, section 1.2. */
import { randomBytes } from 'node:crypto';
import type { Credentials } from './credentials.ts';
import { bare, type Call, gatewayFault, json, missingCredentials, type Reply, xmlFault } from './http.ts';
import type { ReadSwitches, Switches } from './switches.ts';

export interface Tokens {
  readonly issue: (call: Call) => Reply;
  readonly revoke: (call: Call) => Reply;
  /** What the gateway answers to a call with a missing or bad bearer, or null when it may pass. */
  readonly refuse: (call: Call) => Reply | null;
  /** Ends the token in use, as an hour would. */
  expire(): void;
}

interface Dependencies {
  readonly credentials: Credentials;
  readonly switches: ReadSwitches;
  readonly now: () => number;
}

function refuseClient(call: Call, { appKey, appSecret }: Credentials): Reply | null {
  const header = call.headers.authorization;
  if (!header) return missingCredentials('Basic');
  const expected = `Basic ${Buffer.from(`${appKey}:${appSecret}`).toString('base64')}`;
  if (header === expected) return null;
  return json(401, { error: 'invalid_client', error_description: 'Client Authentication failed.' });
}

function refuseGrant(form: URLSearchParams): Reply | null {
  if (form.get('grant_type') === 'client_credentials') return null;
  return json(400, { error: 'invalid_request', error_description: 'Missing grant_type parameter value' });
}

function wrongBearer(): Reply {
  const description = 'Access failure for API: /m2m/v1, version: v1. Make sure you have given the correct access token';
  return gatewayFault(401, '900901', 'Invalid Credentials', description);
}

function lifetime(switches: Switches, millisecondsLeft: number): Readonly<Record<string, unknown>> {
  const { expiresIn, expiresInMeaning, tokenLifeMs } = switches;
  const seconds = Math.floor((expiresInMeaning === 'full' ? tokenLifeMs : millisecondsLeft) / 1000);
  if (expiresIn === 'absent') return {};
  return { expires_in: expiresIn === 'string' ? String(seconds) : seconds };
}

export function createTokens({ credentials, switches, now }: Dependencies): Tokens {
  let token: { readonly value: string; readonly issuedAt: number } | null = null;
  const millisecondsLeft = () => (token ? token.issuedAt + switches().tokenLifeMs - now() : 0);

  return {
    issue(call) {
      const refusal = refuseClient(call, credentials) ?? refuseGrant(new URLSearchParams(call.body));
      if (refusal) return refusal;
      if (!token || millisecondsLeft() <= 0) token = { value: randomBytes(16).toString('hex'), issuedAt: now() };
      return json(200, {
        access_token: token.value,
        scope: 'am_application_scope',
        token_type: 'Bearer',
        ...lifetime(switches(), millisecondsLeft()),
      });
    },
    revoke(call) {
      const form = new URLSearchParams(call.body);
      const refusal = refuseClient(call, credentials) ?? refuseGrant(form);
      if (refusal) return refusal;
      if (!token || form.get('token') !== token.value) return bare(200);
      const revoked = token.value;
      token = null;
      return bare(200, { RevokedAccessToken: revoked });
    },
    refuse(call) {
      const header = call.headers.authorization;
      if (!header) return missingCredentials('Bearer');
      if (!header.startsWith('Bearer ')) return xmlFault(403);
      const valid = token && header === `Bearer ${token.value}` && millisecondsLeft() > 0;
      return valid ? null : wrongBearer();
    },
    expire() {
      token = null;
    },
  };
}
