import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { GivenOptions } from './command.ts';
import { type CommandSpec, globalOptions, type OptionSpec } from './command-spec.ts';

/** Reads what stands behind a command's name. A failure is a sentence for wrong usage. */
export function readOptions(command: CommandSpec, argv: readonly string[]): Result<GivenOptions, string> {
  const specs: readonly OptionSpec[] = [...command.options, ...globalOptions];
  const known = specs.map(
    (spec) => [spec.name, { type: spec.value === null ? 'boolean' : 'string', multiple: true }] as const,
  );
  const args = withDashedValues(argv, specs);
  if (!args.ok) return args;
  try {
    const { values, positionals } = parseArgs({
      args: [...args.value],
      options: Object.fromEntries(known),
      allowPositionals: command.positionals !== undefined,
      strict: true,
    });
    const given = new Map(Object.entries(values));
    for (const spec of specs) {
      const value = given.get(spec.name);
      if (spec.value !== null && !spec.many && Array.isArray(value) && value.length > 1)
        return fail(`--${spec.name} is given more than once.`);
      if (Array.isArray(value) && value.includes('')) return fail(`--${spec.name} is given without a value.`);
      if (String(value ?? '').length > (spec.longest ?? Number.POSITIVE_INFINITY))
        return fail(`--${spec.name} takes at most ${spec.longest?.toLocaleString('en-US')} characters.`);
    }
    const texts = (name: string): readonly string[] =>
      [given.get(name) ?? []].flat().filter((value) => typeof value === 'string');
    return ok({ positionals, texts, text: (name) => texts(name)[0] ?? null, has: (name) => given.has(name) });
  } catch (error) {
    const words = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    return fail(`${words.replace(/\.?$/, '.')} See "thingspace-sms ${command.name} --help".`);
  }
}

/**
 * `--query -word` as `--query=-word`: no option begins with a single dash, so it can only be the value. What begins with
 * two is more likely an option, and the value forgotten.
 */
function withDashedValues(argv: readonly string[], specs: readonly OptionSpec[]): Result<readonly string[], string> {
  const words: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const [word = '', next = ''] = argv.slice(at, at + 2);
    if (word === '--') return ok([...words, ...argv.slice(at)]);
    const takesValue = specs.some(({ name, value }) => value !== null && word === `--${name}`);
    if (takesValue && at === argv.length - 1) return fail(`${word} needs a value.`);
    if (takesValue && next.startsWith('--'))
      return fail(`${word} needs a value. Where that begins with two dashes, write ${word}=${next}`);
    const isDashed = takesValue && /^-./.test(next);
    words.push(isDashed ? `${word}=${next}` : word);
    if (isDashed) at += 1;
  }
  return ok(words);
}
