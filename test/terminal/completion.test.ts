import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { globalOptions } from '../../main/terminal/command-spec.ts';
import { commandTable } from '../../main/terminal/command-table.ts';
import { bashCompletion } from '../../main/terminal/completion-bash.ts';
import { fishCompletion } from '../../main/terminal/completion-fish.ts';
import { zshCompletion } from '../../main/terminal/completion-zsh.ts';
import { helpText } from '../../main/terminal/help.ts';
import { manPage } from '../../main/terminal/man-page.ts';
import { freshFolder } from '../flows/place.ts';

function has(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** What bash offers for the last of these words. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `${bashCompletion(commandTable)}
COMP_WORDS=(thingspace-sms ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
_thingspace_sms; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe.skipIf(!has('bash'))('completion in bash', () => {
  test('offers the commands, their options and the values that can be chosen', () => {
    expect(offered('')).toEqual([...commandTable.map(({ name }) => name), '--help', '--version']);
    expect(offered('ex')).toEqual(['export']);
    expect(offered('export', '--f')).toEqual(['--format']);
    expect(offered('export', '--format', '')).toEqual(['ndjson', 'csv']);
    expect(offered('listen', '--mode', 'p')).toEqual(['poll', 'peek']);
    expect(offered('accounts', 'a')).toEqual(['add']);
    expect(offered('completion', 'z')).toEqual(['zsh']);
    expect(offered('listen', '--account', '')).toEqual([]);
  });

  test('offers every option of every command', () => {
    for (const { name, options } of commandTable)
      expect(offered(name, '--')).toEqual([...options, ...globalOptions].map((option) => `--${option.name}`));
  });
});

describe('completion in other shells', () => {
  test.each([
    ['zsh', zshCompletion(commandTable)],
    ['fish', fishCompletion(commandTable)],
  ])('%s names every command and option', (_, script) => {
    for (const { name, options } of commandTable) {
      expect(script).toContain(name);
      for (const option of options) expect(script).toMatch(new RegExp(`(?:--|-l )${option.name}\\b`));
    }
  });

  test.skipIf(!has('zsh'))('zsh accepts it', () => {
    const path = join(freshFolder(), '_thingspace-sms');
    writeFileSync(path, zshCompletion(commandTable));
    expect(spawnSync('zsh', ['-n', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  test.skipIf(!has('fish'))('fish accepts it', () => {
    const path = join(freshFolder(), 'thingspace-sms.fish');
    writeFileSync(path, fishCompletion(commandTable));
    expect(spawnSync('fish', ['--no-execute', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('the man page', () => {
  const page = manPage(commandTable);

  test('has every command, option and example, and no line that roff would take for a request', () => {
    for (const { name, options, examples } of commandTable) {
      expect(page).toContain(`.SS ${name}`);
      for (const option of options) expect(page).toContain(`\\-\\-${option.name.replaceAll('-', '\\-')}\\fR`);
      for (const example of examples) expect(page).toContain(example.replaceAll('-', '\\-').replaceAll('\\\\-', '\\-'));
    }
    const requests = page.match(/^\.\w+/gm) ?? [];
    expect(new Set(requests)).toEqual(new Set(['.TH', '.SH', '.SS', '.B', '.TP', '.PP', '.nf', '.fi', '.RS', '.RE']));
  });

  test.skipIf(!has('groff'))('is read by groff without a warning', () => {
    const { stderr } = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-z'], { input: page, encoding: 'utf8' });
    expect(stderr).toBe('');
  });
});

describe('help', () => {
  test('lists every command, and each has options in words and at least one example that names it', () => {
    for (const command of commandTable) {
      expect(helpText(null)).toContain(`  ${command.name} `);
      const text = helpText(command);
      for (const { name, about } of command.options) {
        expect(text).toContain(`--${name}`);
        expect(text).toContain(about);
      }
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) expect(example).toContain(`thingspace-sms ${command.name}`);
    }
  });

  test('fits a terminal of 120 columns', () => {
    for (const command of [null, ...commandTable])
      for (const line of helpText(command).split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
  });
});
