import { expect, test } from 'vitest';
import { callWith, request, sessionHeaders } from './client.ts';
import { account, scene, simulated } from './simulated.ts';

const list = `/callbacks/${account}`;

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

test('without a bearer the gateway reports missing credentials', async () => {
  const simulator = await simulated();
  const headers = without(await sessionHeaders(simulator), 'Authorization');
  const { status, json } = await callWith(simulator, headers, 'GET', list);
  expect(status).toBe(401);
  expect(json.fault.code).toBe('900902');
});

test('a wrong bearer and an expired one get the same fault', async () => {
  const { simulator, send } = await scene();
  const wrong = await send('GET', list, undefined, { Authorization: 'Bearer d7bc43e9acc31aba9654fc5cd0d8c520' });
  simulator.expireTokens();
  const expired = await send('GET', list);
  expect(wrong.status).toBe(401);
  expect(wrong.json.fault).toMatchObject({ code: '900901', message: 'Invalid Credentials' });
  expect(expired.json).toEqual(wrong.json);
});

test('another kind of authentication is an XML 403', async () => {
  const { send } = await scene();
  const { status, text } = await send('GET', list, undefined, { Authorization: 'Basic eDp5' });
  expect(status).toBe(403);
  expect(text).toContain('<am:fault');
});

test('every M2M call needs the content type, body or not', async () => {
  const { simulator, send } = await scene();
  const headers = without(await sessionHeaders(simulator), 'Content-Type');
  expect((await callWith(simulator, headers, 'GET', list)).status).toBe(400);
  const withCharset = { 'Content-Type': 'application/json; charset=utf-8' };
  expect((await send('PUT', `/sms/${account}/startCallbacks`, undefined, withCharset)).status).toBe(400);
  simulator.setSwitches({ contentType: 'ignored' });
  expect((await callWith(simulator, headers, 'GET', list)).status).toBe(200);
});

test('a path that the API does not have is a JSON fault, and one outside of it an XML 404', async () => {
  const { simulator, send } = await scene();
  const within = await send('GET', '/no/such/call');
  expect(within.status).toBe(400);
  expect(within.json.fault.code).toBe('900906');
  const outside = await request(`${simulator.origin}/elsewhere`);
  expect(outside.status).toBe(404);
  expect(outside.text).toContain('The requested resource is not available.');
});

test('a method that the path does not have is a JSON fault', async () => {
  const { send } = await scene();
  expect((await send('PATCH', list)).json.fault.code).toBe('900906');
});

test('an account that is unknown, or somebody else’s, is refused', async () => {
  const { send } = await scene({ foreignAccounts: ['0252012345-00001'] });
  expect((await send('GET', '/callbacks/123456-1')).json.errorCode).toMatch(/REQUEST_FAILED\.AccountNotFound$/);
  expect((await send('GET', '/sms/0252012345-00001/history')).json.errorCode).toMatch(/REQUEST_FAILED\.AccountName$/);
});

test('an account is described under its name as it is written', async () => {
  const { send } = await scene({ accounts: [account, 'Depot & Söhne'] });
  expect((await send('GET', `/accounts/${account}`)).json.accountName).toBe(account);
  const path = `/accounts/${encodeURIComponent('Depot & Söhne')}`;
  expect((await send('GET', path)).json).toMatchObject({ accountName: 'Depot & Söhne', isProvisioningAllowed: true });
});

test('a body above one mebibyte is not read', async () => {
  const { send } = await scene();
  const answer = await send('POST', '/sms', { smsMessage: 'x'.repeat(1_048_577) }).catch(() => null);
  expect(answer?.status ?? 413).toBe(413);
});

test('calls are logged with the headers that came, their body and the status', async () => {
  const { simulator, send } = await scene();
  await send('POST', `/callbacks/${account}`, { name: 'DeviceService', url: 'http://127.0.0.1:9001/' });
  const logged = simulator.requests().at(-1);
  expect(logged).toMatchObject({
    method: 'POST',
    path: `/api/m2m/v1/callbacks/${account}`,
    route: 'register-callback',
    sent: { authorization: true, sessionToken: true, contentType: 'application/json' },
    status: 200,
  });
  expect(logged?.body).toContain('DeviceService');
});
