import { expect, test } from 'vitest';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { signingSecret, startEndpoint } from './endpoint.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';

async function setUp() {
  const simulator = await freshSimulator();
  const surroundings = {
    dataDirectory: freshFolder(),
    apiBase: simulator.origin,
    environment: { ...credentialsOf(simulator), THINGSPACE_FORWARD_SECRET: signingSecret },
  };
  const forwards = (...args: readonly string[]) => runCommand(['forwards', ...args], surroundings);
  return { simulator, surroundings, forwards };
}

test('a rule is added, shown and removed while texts come, and counts at once', async () => {
  const { simulator, surroundings, forwards } = await setUp();
  const endpoint = await startEndpoint();
  const listening = startCommand(['listen', '--account', account, '--json'], surroundings);
  await listening.until(() => stands(listening, account, 'live'), 'live');
  const send = (text: string) =>
    simulator.deviceTexts(account, { deviceIds: [{ kind: 'mdn', id: '7022895555' }], text }).settled;

  await send('alarm before');
  const added = await forwards('add', endpoint.url, '--query', 'alarm', '--json');
  expect(added.code).toBe(0);
  expect(added.command.lines()).toEqual([{ type: 'forward', url: endpoint.url, query: 'alarm', format: 'original' }]);
  for (const text of ['alarm 1', 'all is well', 'alarm 2']) await send(text);
  await expect.poll(() => endpoint.accepted.length, { timeout: 20_000 }).toBe(2);
  expect(endpoint.accepted.map(({ value }) => value['smsMessage'])).toEqual(['alarm 1', 'alarm 2']);

  expect((await forwards('add', endpoint.url, '--query', 'alarm')).command.out).toEqual([
    `${endpoint.url}  alarm  original`,
  ]);
  expect((await forwards()).command.out).toHaveLength(1);
  expect((await forwards('remove', endpoint.url, '--query', 'another')).code).toBe(1);
  expect(await forwards('remove', endpoint.url)).toMatchObject({ code: 0, command: { out: [] } });
  await send('alarm after');
  await listening.until(() => listening.linesOf('message').length === 5, 'the last text');
  expect(endpoint.received).toHaveLength(2);
});

test('the signing secret is told, and where it is changed', async () => {
  const { forwards } = await setUp();
  expect((await forwards('secret')).command.out).toEqual([signingSecret]);
  const renewed = await forwards('secret', 'renew');
  expect({ code: renewed.code, out: renewed.command.out }).toEqual({ code: 1, out: [] });
  expect(renewed.command.err()).toContain('THINGSPACE_FORWARD_SECRET');
});

test.each([
  [['add']],
  [['add', 'localhost']],
  [['add', 'https://example.com/sms']],
  [['add', 'http://localhost/', '--forward-format', 'xml']],
  [['remove', 'http://localhost/', 'more']],
  [['secret', 'show']],
  [['drop', 'http://localhost/']],
])('%j is wrong usage', async (args) => {
  const { code, command } = await runCommand(['forwards', ...args], { dataDirectory: freshFolder() });
  expect({ code, out: command.out }).toEqual({ code: 2, out: [] });
  expect(command.err()).not.toBe('');
});
