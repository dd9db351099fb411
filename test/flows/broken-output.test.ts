import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runCommand, stands } from './command.ts';
import { account, prepareStages, startTrial, trials, trialsThat } from './command-trials.ts';
import { freshFolder } from './place.ts';
import { fillDisk, isLeftOut, smallDisk, whyLeftOut } from './small-disk.ts';

const noStackTrace = /\n\s+at /;
const setStage = prepareStages();
const printing = trialsThat(({ silent }) => silent === undefined);

describe('a reader that goes away', () => {
  test.each(printing)('%s ends quietly', async (_, name, trial) => {
    const command = startTrial(name, trial, await setStage());
    command.child.stdout?.destroy();
    expect(await command.exited).toBe(0);
    expect(command.err()).not.toMatch(noStackTrace);
    expect(command.err()).not.toContain('EPIPE');
  });

  test('listen gives the callback back', async () => {
    const stage = await setStage();
    const [listen] = trials['listen'] ?? [];
    if (!listen) throw new Error('listen is not tried.');
    const command = startTrial('listen', listen, stage);
    await command.until(() => stands(command, account, 'live'), 'live');
    command.child.stdout?.destroy();
    void stage.simulator.deviceTexts(account, { deviceIds: [{ kind: 'mdn', id: '1' }], text: 'nobody reads this' });
    expect(await command.exited).toBe(0);
    expect(stage.simulator.registrations(account)).toEqual([]);
  });
});

function openFull(): number {
  const full = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(full));
  return full;
}

describe.skipIf(!existsSync('/dev/full'))('a full disk behind standard output', () => {
  test.each(printing)('%s says so, and ends with 1', async (_, name, trial) => {
    const command = startTrial(name, trial, await setStage(), { stdout: openFull() });
    expect(await command.exited).toBe(1);
    expect(command.err()).toContain('disk is full');
    expect(command.err()).not.toMatch(noStackTrace);
  });

  test.each([[['--version']], [['--help']], [['listen', '--help']]])('%j says so, and ends with 1', async (args) => {
    const { code, command } = await runCommand(args, { dataDirectory: freshFolder(), stdout: openFull() });
    expect(code).toBe(1);
    expect(command.err()).toContain('disk is full');
  });
});

describe.skipIf(isLeftOut)(`a full data folder${whyLeftOut}`, () => {
  test.each(trialsThat(({ needsDisk }) => needsDisk === true))(
    '%s says so, and ends with 1',
    async (_, name, trial) => {
      const stage = await setStage(smallDisk(2));
      fillDisk(stage.folder);
      const command = startTrial(name, trial, stage);
      expect(await command.exited).toBe(1);
      expect(command.err()).toMatch(/disk is full/i);
      expect(command.err()).not.toMatch(noStackTrace);
    },
  );
});
