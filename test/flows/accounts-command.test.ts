import { expect, test } from 'vitest';
import { runCommand } from './command.ts';
import { freshFolder } from './place.ts';

const account = '0000123456-00001';

/** `accounts` on a data directory of its own. */
function accountsIn(dataDirectory: string) {
  return async (...args: readonly string[]) => {
    const { code, command } = await runCommand(['accounts', ...args], { dataDirectory });
    return { code, out: command.out, err: command.err() };
  };
}

test('adding an account again keeps its mode and says so; another mode that is named counts, and is told', async () => {
  const accounts = accountsIn(freshFolder());
  expect(await accounts('add', account, '--mode', 'peek')).toMatchObject({ code: 0, out: [`${account} is added.`] });
  expect(await accounts('add', account)).toMatchObject({ code: 0, out: [`${account} is there already (peek).`] });
  expect((await accounts('add', account, '--json')).out.map((line): unknown => JSON.parse(line))).toEqual([
    { type: 'account-added', account, added: true, mode: 'peek' },
  ]);
  expect((await accounts()).out).toEqual([`${account}  peek`]);
  expect((await accounts('add', account, '--mode', 'poll')).out).toEqual([
    `${account} is there already; its mode is poll now, no longer peek.`,
  ]);
  expect((await accounts()).out).toEqual([`${account}  poll`]);
});

test('removing an account that is not there says so, and fails', async () => {
  const accounts = accountsIn(freshFolder());
  await accounts('add', account);
  expect(await accounts('remove', 'Q2')).toMatchObject({
    code: 1,
    out: [],
    err: expect.stringContaining('Q2 is not among the accounts of this app.'),
  });
  expect(await accounts('remove', account)).toMatchObject({ code: 0 });
  expect((await accounts('remove', account)).code).toBe(1);
});
