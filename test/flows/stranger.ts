import { expect } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';

/** A server of somebody else's, with credentials of its own. */
export const stranger = {
  name: 'EnhancedConnectivityService',
  url: 'https://ops.example.com/sms',
  username: 'ops',
  password: 'drowssap',
};

/** Registers it as another program of the same user would: by the service's own API. */
export async function registerStranger(
  simulator: Simulator,
  account: string,
  as: typeof stranger = stranger,
): Promise<void> {
  const { appKey, appSecret, username, password } = simulator.credentials;
  const json = { 'Content-Type': 'application/json' };
  const token = await fetch(`${simulator.origin}/api/ts/v1/oauth2/token`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${btoa(`${appKey}:${appSecret}`)}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  }).then((answer) => answer.json());
  const bearer = { ...json, Authorization: `Bearer ${token.access_token}` };
  const login = await fetch(`${simulator.origin}/api/m2m/v1/session/login`, {
    method: 'POST',
    headers: bearer,
    body: JSON.stringify({ username, password }),
  }).then((answer) => answer.json());
  const made = await fetch(`${simulator.origin}/api/m2m/v1/callbacks/${account}`, {
    method: 'POST',
    headers: { ...bearer, 'VZ-M2M-Token': login.sessionToken },
    body: JSON.stringify(as),
  });
  expect(made.status).toBe(200);
}
