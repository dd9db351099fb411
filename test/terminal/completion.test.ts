import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
});

/** What fish offers for the last of these words. */
function offeredByFish(...words: readonly string[]): readonly string[] {
  const path = join(freshFolder(), 'thingspace-sms.fish');
  writeFileSync(path, fishCompletion(commandTable));
  const line = ['thingspace-sms', ...words].join(' ');
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', `source ${path}; complete -C '${line}'`], {
    cwd: dirname(path),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').flatMap((row) => (row === '' ? [] : [row.split('\t')[0] ?? '']));
}

describe.skipIf(!has('fish'))('completion in fish', () => {
  test('offers the commands, their options and the values that can be chosen', () => {
    const names = commandTable.map(({ name }) => name);
    expect(offeredByFish('')).toEqual(names.toSorted());
    expect(offeredByFish('export', '--f')).toEqual(['--format']);
    expect(offeredByFish('export', '--format', '')).toEqual(['csv', 'ndjson']);
    expect(offeredByFish('listen', '--mode', 'p')).toEqual(['peek', 'poll']);
    expect(offeredByFish('accounts', 'a')).toEqual(['add']);
    expect(offeredByFish('listen', '--account', '')).toEqual([]);
    expect(offeredByFish('verify', 'thing')).toEqual(['thingspace-sms.fish']);
  });

  test('offers every option of every command', () => {
    for (const { name, options } of commandTable)
      expect(offeredByFish(name, '--')).toEqual(
        [...options, ...globalOptions].map((option) => `--${option.name}`).toSorted(),
      );
  });
});

/** Types words and a tab into a real zsh, for each line, and tells what its completion adds. */
function offeredByZsh(lines: readonly string[]): readonly (readonly string[])[] {
  const folder = freshFolder();
  writeFileSync(join(folder, '_thingspace-sms'), zshCompletion(commandTable));
  const script = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'fpath=(${folder} $fpath); autoload -Uz compinit; compinit -u -D; setopt nolistbeep'
zpty -w shell 'compadd () { local -a found; builtin compadd -O found "$@"; print -rl -- $found >> ${folder}/added; builtin compadd "$@" }'
zpty -w shell 'done-typing () { print . >> ${folder}/done; zle kill-whole-line }; zle -N done-typing; bindkey "^X" done-typing'
zpty -w shell 'touch ${folder}/ready'
for try in {1..200}; do [[ -e ${folder}/ready ]] && break; sleep 0.05; done
for line in "$@"; do
  rm -f ${folder}/added ${folder}/done
  zpty -n -w shell "thingspace-sms $line"$'\t\x18'
  for try in {1..200}; do [[ -e ${folder}/done ]] && break; sleep 0.05; done
  cat ${folder}/added 2>/dev/null
  print -- ----
done
zpty -d shell
`;
  const { stdout } = spawnSync('zsh', ['-f', '-c', script, 'zsh', ...lines], { encoding: 'utf8', timeout: 60_000 });
  const blocks = stdout.split('----\n').slice(0, -1);
  return blocks.map((block) => [...new Set(block.split('\n').filter((line) => line !== ''))].toSorted());
}

describe.skipIf(!has('zsh'))('completion in zsh', () => {
  test('offers the commands, their options and the values that can be chosen', () => {
    const names = commandTable.map(({ name }) => name);
    expect(offeredByZsh(['', 'ex', 'export --f', 'export --format ', 'listen --mode p', 'accounts a'])).toEqual([
      names.toSorted(),
      ['export'],
      ['--format'],
      ['csv', 'ndjson'],
      ['peek', 'poll'],
      ['add'],
    ]);
  });

  test('offers every option of every command', () => {
    const offered = offeredByZsh(commandTable.map(({ name }) => `${name} --`));
    for (const [index, { options }] of commandTable.entries())
      expect(offered[index]).toEqual([...options, ...globalOptions].map((option) => `--${option.name}`).toSorted());
  }, 90_000);
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
