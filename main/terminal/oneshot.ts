import type { Bridge } from '../../preload/contract/bridge.ts';
import type { Input, MethodName, Output } from '../../preload/contract/methods.ts';
import type { Command, CommandContext } from './command.ts';
import { failed } from './failing.ts';
import { type ExitCode, exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { readAccount } from './read-options.ts';

/** Runs `work` with the core: this process's own, or the owner's. */
export async function withBridge(
  context: CommandContext,
  work: (bridge: Bridge) => Promise<ExitCode>,
): Promise<ExitCode> {
  const session = await context.attach();
  if (!session.ok) return failed(context, session.error);
  try {
    return await work(session.value.bridge);
  } finally {
    await session.value.close();
  }
}

/** Calls one method and shows what came of it. */
export async function callAndShow<N extends MethodName>(
  context: CommandContext,
  name: N,
  input: Input<N>,
  show: (output: Output<N>) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withBridge(context, async (bridge) => {
    const answered = await bridge.call(name, input);
    return answered.ok ? show(answered.value) : failed(context, answered.error);
  });
}

/** `start`: PUT startCallbacks once. */
export const start: Command = async (context) => {
  const account = readAccount(context.options);
  if (!account.ok) return wrongUsage(context, account.error);
  return callAndShow(context, 'account.startCallbacks', { account: account.value }, async ({ success }) => {
    await context.terminal.out(JSON.stringify({ success }));
    return success ? exit.done : exit.failed;
  });
};

/** `drain`: GET history until it is empty. */
export const drain: Command = async (context) => {
  const account = readAccount(context.options);
  if (!account.ok) return wrongUsage(context, account.error);
  return callAndShow(context, 'account.drain', { account: account.value }, async ({ fetched, stored }) => {
    const { terminal } = context;
    if (context.options.has('json'))
      await terminal.out(JSON.stringify({ type: 'drained', account: account.value, fetched, stored }));
    else
      await terminal.out(
        `${fetched} fetched from the queue of ${account.value}, ${stored} of them new. It is empty now.`,
      );
    return exit.done;
  });
};

/** `callbacks`: who holds what, or what this app displaced put back. */
export const callbacks: Command = async (context) => {
  const { terminal, options } = context;
  const account = readAccount(options);
  if (!account.ok) return wrongUsage(context, account.error);
  const input = { account: account.value };
  if (options.has('restore')) {
    return callAndShow(context, 'account.restore', input, async ({ restored, sentence }) => {
      await terminal.out(options.has('json') ? JSON.stringify({ type: 'restored', ...input, restored }) : sentence);
      return exit.done;
    });
  }
  return callAndShow(context, 'account.callbacks', input, async ({ registrations }) => {
    if (options.has('json'))
      for (const registration of registrations)
        await terminal.out(JSON.stringify({ type: 'callback', ...input, ...registration }));
    else if (registrations.length === 0)
      await terminal.out(`Nothing is registered for ${account.value}. Texts wait in its queue.`);
    else
      for (const { serviceName, url, username, ours } of registrations)
        await terminal.out(
          `${serviceName.padEnd(28)}  ${url}${username === '' ? '' : `  user ${username}`}${ours ? '  (this app)' : ''}`,
        );
    return exit.done;
  });
};
