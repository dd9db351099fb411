import { expect, test } from 'vitest';
import { bearerHeaders, callWith, login, sessionHeaders, signIn } from './client.ts';
import { account, minutes, movableClock, scene, simulated } from './simulated.ts';

const list = `/callbacks/${account}`;
const code = (suffix: string) => `UnifiedWebService.${suffix}`;

test('signing in gives a session token that is a GUID', async () => {
  const { status, json } = await login(await simulated());
  expect(status).toBe(200);
  expect(json.sessionToken).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('a session lives for as long as it is used, and ends after 20 idle minutes', async () => {
  const clock = movableClock();
  const { send } = await scene({ now: clock.now });
  for (const _ of [1, 2]) {
    clock.advance(minutes(19));
    expect((await send('GET', list)).status).toBe(200);
  }
  clock.advance(minutes(20));
  const { status, json } = await send('GET', list);
  expect(status).toBe(400);
  expect(json.errorCode).toBe(code('REQUEST_FAILED.SessionToken.Expired'));
});

test('a missing session header, an unknown session and a bare refusal are told apart', async () => {
  const { simulator, send } = await scene();
  const withoutSession = await callWith(simulator, await bearerHeaders(simulator), 'GET', list);
  expect(withoutSession.json.errorCode).toBe(code('REQUEST_FAILED.SessionToken.Format'));
  for (const token of ['no-guid', 'bcce3ea6-fe4f-4952-bacf-eadd80718e83']) {
    const { json } = await send('GET', list, undefined, { 'VZ-M2M-Token': token });
    expect(json.errorCode).toBe(code('INPUT_INVALID.SessionToken.Invalid'));
  }
  simulator.setSwitches({ sessionRefusal: 'bare-401' });
  simulator.expireSessions();
  expect(await send('GET', list)).toMatchObject({ status: 401, text: '' });
});

test('signing out answers with the token and ends the session', async () => {
  const simulator = await simulated();
  const headers = await sessionHeaders(simulator);
  const { status, json } = await callWith(simulator, headers, 'POST', '/session/logout');
  expect({ status, json }).toEqual({ status: 200, json: { sessionToken: headers['VZ-M2M-Token'] } });
  expect((await callWith(simulator, headers, 'GET', list)).status).toBe(400);
});

test('five wrong logins in a row lock the user until it is unlocked', async () => {
  const simulator = await simulated();
  for (const _ of [1, 2, 3, 4]) expect((await login(simulator, 'wrong')).status).toBe(400);
  expect(simulator.isLocked()).toBe(false);
  await login(simulator, 'wrong');
  expect(simulator.isLocked()).toBe(true);
  expect((await login(simulator)).json.errorCode).toBe(code('REQUEST_FAILED.Contact.Locked'));
  simulator.unlock();
  expect((await login(simulator)).status).toBe(200);
});

test('a right login before the fifth wrong one starts the count anew', async () => {
  const simulator = await simulated();
  for (const _ of [1, 2, 3, 4]) await login(simulator, 'wrong');
  await login(simulator);
  for (const _ of [1, 2, 3, 4]) await login(simulator, 'wrong');
  expect((await login(simulator)).status).toBe(200);
});

test('a wrong login is a coded 400 or a bare 401', async () => {
  const simulator = await simulated();
  expect((await login(simulator, 'wrong')).json.errorCode).toBe(code('INPUT_INVALID.Password.Invalid'));
  simulator.setSwitches({ loginRefusal: 'bare-401' });
  expect(await login(simulator, 'wrong')).toMatchObject({ status: 401, text: '' });
});

test('a login that is not JSON could not be read, and counts for nothing', async () => {
  const simulator = await simulated();
  const headers = await bearerHeaders(simulator);
  for (const _ of [1, 2, 3, 4, 5, 6]) {
    const { json } = await callWith(simulator, headers, 'POST', '/session/login', '{');
    expect(json.errorCode).toBe(code('DeserializationFailed'));
  }
  expect(simulator.isLocked()).toBe(false);
});

test.each([
  ['keeps-first', 200],
  ['ends-first', 400],
] as const)('a second login %s', async (secondLogin, status) => {
  const simulator = await simulated({ switches: { secondLogin } });
  const first = await signIn(simulator);
  const second = await signIn(simulator);
  expect((await second('GET', list)).status).toBe(200);
  expect((await first('GET', list)).status).toBe(status);
});
