import { expect, test } from 'vitest';
import { basic, request, requestToken } from './client.ts';
import { minutes, movableClock, simulated } from './simulated.ts';

const form = (fields: Record<string, string>) => new URLSearchParams(fields);

test('a token is issued for the key pair', async () => {
  const { status, json } = await requestToken(await simulated());
  expect(status).toBe(200);
  expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: expect.any(String) });
  expect(json.access_token).toMatch(/^[0-9a-f]{32}$/);
});

test('the same token is issued within the hour, and another one after it', async () => {
  const clock = movableClock();
  const simulator = await simulated({ now: clock.now });
  const first = await requestToken(simulator);
  clock.advance(minutes(59));
  expect((await requestToken(simulator)).json.access_token).toBe(first.json.access_token);
  clock.advance(minutes(1));
  expect((await requestToken(simulator)).json.access_token).not.toBe(first.json.access_token);
});

test('expires_in is a number, a string, or absent, and can count down', async () => {
  const clock = movableClock();
  const simulator = await simulated({ now: clock.now, switches: { expiresIn: 'string' } });
  expect((await requestToken(simulator)).json.expires_in).toBe('3600');
  simulator.setSwitches({ expiresIn: 'absent' });
  expect((await requestToken(simulator)).json).not.toHaveProperty('expires_in');
  clock.advance(minutes(20));
  simulator.setSwitches({ expiresIn: 'number', expiresInMeaning: 'remaining' });
  expect((await requestToken(simulator)).json.expires_in).toBe(2400);
});

test('without the Basic header the gateway reports missing credentials', async () => {
  const { status, json } = await requestToken(await simulated(), { headers: {} });
  expect(status).toBe(401);
  expect(json.fault).toMatchObject({ code: '900902', message: 'Missing Credentials' });
});

test('a wrong key pair is an invalid client', async () => {
  const { status, json } = await requestToken(await simulated(), { headers: { Authorization: 'Basic d3Jvbmc=' } });
  expect(status).toBe(401);
  expect(json.error).toBe('invalid_client');
});

test.each([form({}), form({ grant_type: 'password' })])(
  'a missing or wrong grant type is an invalid request',
  async (body) => {
    const { status, json } = await requestToken(await simulated(), { body });
    expect(status).toBe(400);
    expect(json).toEqual({ error: 'invalid_request', error_description: 'Missing grant_type parameter value' });
  },
);

test('revoking answers with the token in a header and no body, and the next token is a new one', async () => {
  const simulator = await simulated();
  const { json } = await requestToken(simulator);
  const revoked = await request(`${simulator.origin}/api/ts/v1/oauth2/revoke`, {
    method: 'POST',
    headers: { Authorization: basic(simulator) },
    body: form({ grant_type: 'client_credentials', token: json.access_token }),
  });
  expect(revoked).toMatchObject({ status: 200, text: '' });
  expect([...revoked.headers.values()]).toContain(json.access_token);
  expect((await requestToken(simulator)).json.access_token).not.toBe(json.access_token);
});
