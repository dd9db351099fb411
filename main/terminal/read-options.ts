import { type DeviceId, deviceId } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { accountName } from '../../preload/contract/settings.ts';
import { type Mode, mode } from '../../preload/contract/snapshot.ts';
import { deviceKinds } from '../core/device.ts';
import type { GivenOptions } from './command.ts';

/** A number within bounds, `fallback` when it was not given, or a sentence for wrong usage. */
export function readNumber(
  options: GivenOptions,
  name: string,
  bounds: { readonly min: number; readonly max?: number; readonly whole?: boolean },
  fallback: number,
): Result<number, string> {
  const text = options.text(name);
  if (text === null) return ok(fallback);
  const value = Number(text);
  const { min, max = Number.MAX_VALUE, whole = false } = bounds;
  const fits = /^\d+(?:\.\d+)?$/.test(text) && value >= min && value <= max && (!whole || Number.isInteger(value));
  if (fits) return ok(value);
  const upTo = max === Number.MAX_VALUE ? `of at least ${min}` : `from ${min} to ${max}`;
  return fail(`--${name} takes a ${whole ? 'whole ' : ''}number ${upTo}, not "${text}".`);
}

export function readPort(options: GivenOptions): Result<number | null, string> {
  const port = readNumber(options, 'port', { min: 0, max: 65_535, whole: true }, 0);
  return port.ok ? ok(port.value === 0 ? null : port.value) : port;
}

export function readAccounts(options: GivenOptions): Result<readonly string[], string> {
  const names = [...new Set(options.texts('account'))];
  if (names.length === 0)
    return fail('Name the account: --account NAME, as ThingSpace shows it, such as 0000123456-00001.');
  for (const name of names) {
    const parsed = accountName.safeParse(name);
    if (!parsed.success) return fail(parsed.error.issues[0]?.message ?? `"${name}" is no account name.`);
  }
  return ok(names);
}

export function readAccount(options: GivenOptions): Result<string, string> {
  const names = readAccounts(options);
  return names.ok ? ok(names.value[0] ?? '') : names;
}

export function readMode(options: GivenOptions): Result<Mode, string> {
  const parsed = mode.safeParse(options.text('mode') ?? 'auto');
  return parsed.success
    ? ok(parsed.data)
    : fail(`--mode is one of ${mode.options.join(', ')}, not "${options.text('mode') ?? ''}".`);
}

/** `KIND:ID`, such as `mdn:7022895555`; null for anything else. */
export function readKindAndId(text: string): DeviceId | null {
  const [, kind = '', id = ''] = /^([A-Za-z]+):(.+)$/.exec(text) ?? [];
  return deviceId.safeParse({ kind: kind.toLowerCase(), id }).data ?? null;
}

export function readDevice(options: GivenOptions): Result<DeviceId, string> {
  const text = options.text('to') ?? '';
  const read = readKindAndId(text);
  if (read !== null && deviceKinds.includes(read.kind)) return ok(read);
  return fail(`--to takes KIND:ID, such as mdn:7022895555, not "${text}". The kinds are ${deviceKinds.join(', ')}.`);
}
