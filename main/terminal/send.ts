import type { Bridge } from '../../preload/contract/bridge.ts';
import type { DeviceId } from '../../preload/contract/message.ts';
import type { Command, CommandContext } from './command.ts';
import { failed } from './failing.ts';
import { type ExitCode, exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { showMessage } from './messages.ts';
import { withBridge } from './oneshot.ts';
import { readAccount, readDevice, readNumber } from './read-options.ts';
import { waitFor } from './wait.ts';

/** `send`: POST /sms, and with `--wait-reply` the device's next text. */
export const send: Command = async (context) => {
  const { options, terminal } = context;
  const account = readAccount(options);
  if (!account.ok) return wrongUsage(context, account.error);
  const to = readDevice(options);
  if (!to.ok) return wrongUsage(context, to.error);
  const text = options.text('text');
  if (text === null) return wrongUsage(context, 'Give the text with --text T.');
  const seconds = readNumber(options, 'wait-reply', { min: 0 }, 0);
  if (!seconds.ok) return wrongUsage(context, seconds.error);
  return withBridge(context, async (bridge) => {
    const newest = await bridge.call('inbox.page', { query: '', limit: 1 });
    const sent = await bridge.call('message.send', { account: account.value, to: to.value, text });
    if (!sent.ok) return failed(context, sent.error);
    const { requestId } = sent.value;
    await terminal.out(
      options.has('json') ? JSON.stringify({ type: 'sent', account: account.value, requestId }) : requestId,
    );
    const after = newest.ok ? (newest.value.messages[0]?.sequence ?? 0) : 0;
    return seconds.value === 0
      ? exit.done
      : awaitReply(context, bridge, { account: account.value, device: to.value, after, seconds: seconds.value });
  });
};

interface Awaited {
  readonly account: string;
  readonly device: DeviceId;
  /** Only texts that were stored later count as an answer. */
  readonly after: number;
  readonly seconds: number;
}

async function awaitReply(
  context: CommandContext,
  bridge: Bridge,
  { account, device, after, seconds }: Awaited,
): Promise<ExitCode> {
  const query = `account:"${account}" device:${device.id}`;
  const waited = await waitFor(context, bridge, { query, count: 1, after, timeoutMs: seconds * 1000 });
  if (!waited.ok) return failed(context, waited.error);
  const [reply] = waited.value;
  if (!reply) {
    context.terminal.say(
      `The device did not answer within ${seconds} s. It may be asleep; its answer is stored when it comes while this app listens.`,
    );
    return exit.timeout;
  }
  await showMessage(context, reply);
  return exit.done;
}
