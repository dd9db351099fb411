import { join } from 'node:path';
import { expect, test } from 'vitest';
import { credentialsOf, runCommand } from './command.ts';
import { account, prepareStages } from './command-trials.ts';
import { signingSecret } from './endpoint.ts';

const setStage = prepareStages();
const ofAccount = ['--account', account];

test('each line of --json names its type, so that a script tells lines apart', async () => {
  const { folder, simulator } = await setStage();
  const typesOf = async (...args: readonly string[]): Promise<readonly unknown[]> => {
    const { command } = await runCommand([...args, '--json'], {
      dataDirectory: folder,
      apiBase: simulator.origin,
      environment: { THINGSPACE_FORWARD_SECRET: signingSecret, ...credentialsOf(simulator) },
    });
    return command.lines().map(({ type }) => type);
  };
  expect(await typesOf('accounts', 'add', account)).toEqual(['account-added']);
  expect(await typesOf('accounts')).toEqual(['account-entry']);
  expect(await typesOf('accounts', 'remove', account)).toEqual(['account-removed']);
  expect(await typesOf('drain', ...ofAccount)).toEqual(['drained']);
  expect(await typesOf('callbacks', ...ofAccount, '--restore')).toEqual(['restored']);
  expect(await typesOf('retention')).toEqual(['retention']);
  expect(await typesOf('retention', '--days', '90', '--yes')).toEqual(['retention-preview', 'retention']);
  expect(await typesOf('backup', join(folder, 'copy.db'))).toEqual(['backup']);
  expect(await typesOf('forwards', 'add', 'http://127.0.0.1:9/sms')).toEqual(['forward']);
  expect(await typesOf('forwards', 'secret')).toEqual(['forward-secret']);
  expect(new Set(await typesOf('tunnels'))).toEqual(new Set(['tunnel']));
  expect(await typesOf('tunnels', 'forget', 'ssh.example')).toEqual(['tunnel-host']);
});
