import { expect, test } from 'vitest';
import type { Switches } from '../../main/simulator/server.ts';
import { account, otherAccount, register, scene, textService } from './simulated.ts';

const list = `/callbacks/${account}`;
const url = 'http://127.0.0.1:9001/texts';

test('a registration is listed with its password in clear', async () => {
  const { send } = await scene();
  const registered = await register(send, url, { username: 'zaffod', password: 'drowssap' });
  expect(registered.json).toEqual({ accountName: account, serviceName: textService });
  const entry = { accountName: account, serviceName: textService, url, username: 'zaffod', password: 'drowssap' };
  expect((await send('GET', list)).json).toEqual([entry]);
});

test('credentials that were not given are empty strings, or absent', async () => {
  const { simulator, send } = await scene();
  await register(send, url);
  expect((await send('GET', list)).json).toMatchObject([{ username: '', password: '' }]);
  simulator.setSwitches({ unsetCredentials: 'absent' });
  expect((await send('GET', list)).json).toEqual([{ accountName: account, serviceName: textService, url }]);
});

test('the list can call the service by either key', async () => {
  const { send } = await scene({ switches: { callbackListKey: 'name' } });
  await register(send, url);
  expect((await send('GET', list)).json).toMatchObject([{ name: textService }]);
});

test.each([
  ['empty-body', 200, ''],
  ['list', 200, '[]'],
  ['204', 204, ''],
] as const)('a list of nothing can be %s', async (emptyCallbackList, status, text) => {
  const { send } = await scene({ switches: { emptyCallbackList } });
  expect(await send('GET', list)).toMatchObject({ status, text });
});

test('each account and each service has a registration of its own', async () => {
  const { simulator, send } = await scene();
  await register(send, url);
  await send('POST', list, { name: 'SMSDeliveryConfirmation', url });
  await register(send, `${url}/other`, {}, otherAccount);
  expect(simulator.registrations(account)).toHaveLength(2);
  expect(simulator.registrations(otherAccount)).toMatchObject([{ url: `${url}/other` }]);
});

test('a second registration replaces the first', async () => {
  const { send } = await scene();
  await register(send, url);
  expect((await register(send, `${url}/2`)).status).toBe(200);
  expect((await send('GET', list)).json).toMatchObject([{ url: `${url}/2` }]);
});

test('a second registration can be refused until the first is deregistered', async () => {
  const { send } = await scene({ switches: { callbackWhenHeld: 'refuse' } });
  await register(send, url);
  expect((await register(send, `${url}/2`)).status).toBe(400);
  const released = await send('DELETE', `${list}/name/${textService}`);
  expect(released.json).toEqual({ accountName: account, serviceName: textService });
  expect((await register(send, `${url}/2`)).status).toBe(200);
});

test('deregistering what is not registered is refused', async () => {
  const { send } = await scene();
  expect((await send('DELETE', `${list}/name/${textService}`)).status).toBe(400);
});

test.each([
  ['a service that does not exist', { name: 'SMSReceived', url }],
  ['no URL', { name: textService }],
  ['a URL that is none', { name: textService, url: 'somewhere' }],
  ['another protocol', { name: textService, url: 'ftp://device.example/' }],
  ['a user name of 41 characters', { name: textService, url, username: 'u'.repeat(41) }],
  ['a password that is no text', { name: textService, url, password: 7 }],
  ['the credentials of the session', { name: textService, url, username: 'zbeeblebrox', password: 'IMgr8' }],
])('%s is refused', async (_, body) => {
  const { simulator, send } = await scene();
  const { status, json } = await send('POST', list, body);
  expect(status).toBe(400);
  expect(json.errorCode).toMatch(/INPUT_INVALID\.Callback\./);
  expect(simulator.registrations(account)).toEqual([]);
});

test('a registration that is not JSON could not be read', async () => {
  const { send } = await scene();
  expect((await send('POST', list, '[')).json.errorCode).toMatch(/DeserializationFailed$/);
});

type Ports = Switches['callbackPorts'];

test.each<[Ports, string, number]>([
  ['any-on-loopback', 'http://127.0.0.1:12345/', 200],
  ['any-on-loopback', 'https://host.example/', 200],
  ['any-on-loopback', 'https://host.example:12345/', 400],
  ['documented', 'http://127.0.0.1:12345/', 400],
  ['documented', 'http://host.example/', 200],
  ['documented', 'https://host.example:9006/', 200],
  ['documented', 'https://host.example:9007/', 400],
  ['documented', 'https://host.example:50559/', 200],
  ['documented', 'https://host.example:28220/', 200],
  ['any', 'https://host.example:12345/', 200],
])('with ports %s, %s gets %i', async (callbackPorts, target, status) => {
  const { send } = await scene({ switches: { callbackPorts } });
  expect((await register(send, target)).status).toBe(status);
});
