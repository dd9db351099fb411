import type { Bridge } from '../../preload/contract/bridge.ts';
import { type Device, type DeviceCursor, type DeviceRow, deviceChange } from '../../preload/contract/device.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { DeviceId } from '../../preload/contract/message.ts';
import type { Output } from '../../preload/contract/methods.ts';
import type { Result } from '../../preload/contract/result.ts';
import { plainText } from '../core/plain-text.ts';
import type { Command, CommandContext } from './command.ts';
import { failed } from './failing.ts';
import { type ExitCode, exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { callAndShow, withBridge } from './oneshot.ts';
import { clockTime, paint } from './paint.ts';
import { readAccount, readKindAndId, readNumber } from './read-options.ts';

const pageSize = 200;

/** `devices`: those that are known, the one that texted last first; or one of them named, noted, or all asked for. */
export const devices: Command = async (context) => {
  const [verb, who, ...rest] = context.options.positionals;
  if (verb === undefined) return list(context);
  if (verb === 'refresh' && who === undefined) return refresh(context);
  if ((verb === 'name' || verb === 'note') && rest.length <= 1) return say(context, verb, who ?? '', rest[0]);
  return wrongUsage(
    context,
    'Say "devices", "devices name KIND:ID NICKNAME", "devices note KIND:ID TEXT" or "devices refresh --account NAME".',
  );
};

async function list(context: CommandContext): Promise<ExitCode> {
  const { options, terminal } = context;
  const limit = readNumber(options, 'limit', { min: 0, whole: true }, 100);
  if (!limit.ok) return wrongUsage(context, limit.error);
  return withBridge(context, async (bridge) => {
    let left = limit.value === 0 ? Number.MAX_SAFE_INTEGER : limit.value;
    let before: DeviceCursor | null = null;
    while (left > 0) {
      const page: Result<Output<'devices.page'>, PublicError> = await bridge.call('devices.page', {
        find: options.text('find') ?? '',
        before,
        limit: Math.min(left, pageSize),
      });
      if (!page.ok) return failed(context, page.error);
      for (const row of page.value.devices) await show(context, row);
      if (before === null && page.value.devices.length === 0) terminal.say(noneFound(options.text('find')));
      left -= page.value.devices.length;
      before = page.value.next;
      if (before === null) break;
    }
    return exit.done;
  });
}

function noneFound(part: string | null): string {
  return part === null
    ? 'No device is known yet. It is once it has texted, or after: thingspace-sms devices refresh --account NAME'
    : `No device has "${plainText(part, 64)}" in its name or an identifier.`;
}

function identifier({ kind, id }: DeviceId): string {
  return `${plainText(kind, 64)}:${plainText(id, 256)}`;
}

function json(device: Device): string {
  const { nickname, note, serviceName, deviceIds, formerIds, account, lastTextAt, texts, unread } = device;
  const said = { nickname, note, serviceName, deviceIds, formerIds };
  return JSON.stringify({ type: 'device', ...said, account, lastTextAt, texts, unread });
}

/** One line: last heard, name, how much of it is unread, and all its identifiers. */
async function show(context: CommandContext, device: Device | DeviceRow): Promise<void> {
  const { terminal, options } = context;
  if (options.has('json')) return terminal.out(json(device));
  const { nickname, serviceName, deviceIds, lastTextAt, texts, unread, note } = device;
  const heard = lastTextAt === null ? 'never texted' : clockTime(lastTextAt, new Date(context.now()));
  const name = nickname ?? serviceName ?? '';
  const count = `${texts} ${texts === 1 ? 'text' : 'texts'}${unread === 0 ? '' : `, ${unread} unread`}`;
  const parts = [
    paint(heard.padEnd(19), 'dim', terminal.color),
    paint(plainText(name, 64).padEnd(16), nickname === null ? 'dim' : 'bold', terminal.color),
    count.padEnd(20),
    deviceIds.map(identifier).join(' '),
    note === '' ? '' : paint(plainText(note, 200), 'dim', terminal.color),
  ];
  return terminal.out(parts.join('  ').trimEnd());
}

async function say(
  context: CommandContext,
  verb: 'name' | 'note',
  who: string,
  text: string | undefined,
): Promise<ExitCode> {
  const device = readKindAndId(who);
  if (device === null)
    return wrongUsage(context, `Which device? devices ${verb} takes KIND:ID, such as mdn:7022895555, not "${who}".`);
  if (text === undefined)
    return wrongUsage(context, `Give the ${verb === 'name' ? 'nickname' : 'note'} after the device; "" takes it away.`);
  const change = verb === 'name' ? { nickname: text.trim() === '' ? null : text } : { note: text };
  const parsed = deviceChange.safeParse({ device, ...change });
  if (!parsed.success)
    return wrongUsage(
      context,
      verb === 'name' ? 'A nickname has at most 64 characters.' : 'A note has at most 2,000 characters.',
    );
  return callAndShow(context, 'devices.change', parsed.data, async (changed) => {
    await show(context, changed);
    return exit.done;
  });
}

async function refresh(context: CommandContext): Promise<ExitCode> {
  const account = readAccount(context.options);
  if (!account.ok) return wrongUsage(context, account.error);
  return withBridge(context, (bridge: Bridge) => askForDevices(context, bridge, account.value));
}

async function askForDevices(context: CommandContext, bridge: Bridge, account: string): Promise<ExitCode> {
  const { terminal, options } = context;
  const answered = await bridge.call('devices.refresh', { account });
  if (!answered.ok) return failed(context, answered.error);
  const { listed, known } = answered.value;
  await terminal.out(
    options.has('json')
      ? JSON.stringify({ type: 'devices', account, listed, known })
      : `ThingSpace lists ${listed} ${listed === 1 ? 'device' : 'devices'} for ${account}; ${known} of them are known here by their identifiers now.`,
  );
  return exit.done;
}
