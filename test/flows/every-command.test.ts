import { describe, expect, test } from 'vitest';
import { commandTable } from '../../main/terminal/command-table.ts';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { account, prepareStages, startTrial, stopOnceSaid, trials, trialsThat } from './command-trials.ts';
import { freshFolder, freshSimulator } from './place.ts';

const noStackTrace = /\n\s+at /;
const noCredentials = {};
const nobodyThere = 'http://127.0.0.1:9';
const setStage = prepareStages();
const asking = trialsThat(({ asks }) => asks !== undefined);
const staying = trialsThat(({ says }) => says !== undefined);

test('every command is tried', () => {
  expect(Object.keys(trials).toSorted()).toEqual(commandTable.map(({ name }) => name).toSorted());
});

describe('every command', () => {
  test.each(commandTable.map(({ name }) => name))(
    '%s has help, and refuses what it does not know with 2',
    async (name) => {
      const dataDirectory = freshFolder();
      const help = await runCommand([name, '--help'], { dataDirectory });
      expect(help.code).toBe(0);
      expect(help.command.out.join('\n')).toContain(`thingspace-sms ${name}`);
      expect(help.command.err()).toBe('');
      const wrong = await runCommand([name, '--no-such-option'], { dataDirectory });
      expect(wrong.code).toBe(2);
      expect(wrong.command.out).toEqual([]);
      expect(wrong.command.err()).not.toMatch(noStackTrace);
    },
  );
});

describe('without credentials', () => {
  test.each(asking)('%s ends with 3 and the way to give them, and asks nothing', async (_, name, trial) => {
    const stage = await setStage();
    const command = startTrial(name, trial, stage, { environment: noCredentials });
    expect(await command.exited).toBe(trial.asks?.withoutCredentials);
    expect(command.err() + command.out.join('\n')).toMatch(/login|THINGSPACE_APP_KEY/);
    expect(stage.simulator.requests().filter(({ route }) => route !== null)).toEqual([]);
  });

  test.each(trialsThat(({ asks }) => asks === undefined))('%s does its work', async (_, name, trial) => {
    const command = startTrial(name, trial, await setStage(), { environment: noCredentials });
    await stopOnceSaid(command, trial);
    expect(await command.exited).toBe(trial.usual ?? 0);
    expect(command.err()).not.toMatch(noStackTrace);
  });
});

describe('without a network', () => {
  test.each(asking)('%s ends with 1, in words, or goes on until it is stopped', async (_, name, trial) => {
    const stage = await setStage();
    const command = startTrial(name, trial, stage, {
      apiBase: nobodyThere,
      environment: credentialsOf(stage.simulator),
    });
    const waits = trial.asks?.withoutNetwork === 'waits';
    if (waits) await command.until(() => command.out.length > 0 || command.err() !== '', 'the first line');
    if (waits) command.signal('SIGINT');
    expect(await command.exited).toBe(waits && trial.says !== undefined ? 0 : 1);
    const said = command.err() + command.out.join('\n');
    expect(said).not.toBe('');
    expect(said).not.toMatch(noStackTrace);
    if (!waits) expect(said).not.toContain('tried again');
  });

  test.each(trialsThat(({ asks }) => asks === undefined))('%s does its work', async (_, name, trial) => {
    const stage = await setStage();
    const command = startTrial(name, trial, stage, { apiBase: nobodyThere });
    await stopOnceSaid(command, trial);
    expect(await command.exited).toBe(trial.usual ?? 0);
    expect(command.err()).not.toMatch(noStackTrace);
  });
});

describe('Ctrl-C', () => {
  test.each(staying)('%s ends with 0', async (_, name, trial) => {
    const stage = await setStage();
    const command = startTrial(name, trial, stage);
    await stopOnceSaid(command, trial);
    expect(await command.exited).toBe(0);
    expect(stage.simulator.registrations(account)).toEqual([]);
  });

  test.each(asking.filter(([, , { says }]) => says === undefined))(
    '%s ends with 1 though the service hangs, and says so',
    async (_, name, trial) => {
      const stage = await setStage();
      stage.simulator.addFault({ route: 'any', kind: 'hang' });
      const command = startTrial(name, trial, stage);
      await expect.poll(() => stage.simulator.requests().length, { timeout: 20_000 }).toBeGreaterThan(0);
      const asked = Date.now();
      command.signal('SIGINT');
      expect(await command.exited).toBe(1);
      expect(Date.now() - asked).toBeLessThan(5500);
      expect(command.err()).not.toMatch(noStackTrace);
    },
  );

  test('twice at once is one: what was accepted is finished and the callback given back', async () => {
    const { command, simulator } = await liveListen();
    command.signal('SIGINT');
    command.signal('SIGINT');
    expect(await command.exited).toBe(0);
    expect(simulator.registrations(account)).toEqual([]);
  });

  test('a second one later ends it at once, though the service hangs', async () => {
    const { command, simulator } = await liveListen();
    simulator.addFault({ route: 'any', kind: 'hang' });
    const asked = Date.now();
    command.signal('SIGINT');
    await expect.poll(() => Date.now() - asked, { interval: 50 }).toBeGreaterThan(600);
    command.signal('SIGINT');
    expect(await command.exited).toBe(1);
    expect(Date.now() - asked).toBeLessThan(2500);
  });
});

async function liveListen() {
  const simulator = await freshSimulator();
  const command = startCommand(['listen', '--account', account, '--json'], {
    dataDirectory: freshFolder(),
    apiBase: simulator.origin,
    environment: credentialsOf(simulator),
  });
  await command.until(() => stands(command, account, 'live'), 'live');
  return { command, simulator };
}
