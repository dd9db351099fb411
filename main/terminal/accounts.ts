import type { Output } from '../../preload/contract/methods.ts';
import { accountName } from '../../preload/contract/settings.ts';
import type { Command } from './command.ts';
import { exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { callAndShow } from './oneshot.ts';
import { readMode } from './read-options.ts';

/** `accounts`: those of the settings, shown, added to or removed from. */
export const accounts: Command = async (context) => {
  const { options, terminal } = context;
  const [verb, name, ...rest] = options.positionals;
  if (verb === undefined) {
    return callAndShow(context, 'settings.get', {}, async (settings) => {
      for (const entry of settings.accounts)
        await terminal.out(
          options.has('json') ? JSON.stringify({ type: 'account-entry', ...entry }) : `${entry.name}  ${entry.mode}`,
        );
      if (settings.accounts.length === 0) terminal.say('No account yet. Add one: thingspace-sms accounts add NAME');
      return exit.done;
    });
  }
  const parsed = accountName.safeParse(name);
  if ((verb !== 'add' && verb !== 'remove') || rest.length > 0)
    return wrongUsage(context, 'Say "accounts", "accounts add NAME" or "accounts remove NAME".');
  if (!parsed.success)
    return wrongUsage(
      context,
      name === undefined
        ? `Name the account: accounts ${verb} NAME.`
        : (parsed.error.issues[0]?.message ?? 'That is no account name.'),
    );
  const mode = readMode(options);
  if (!mode.ok) return wrongUsage(context, mode.error);
  const account = parsed.data;
  if (verb === 'remove')
    return callAndShow(context, 'account.remove', { account }, async () =>
      done({ type: 'account-removed', account, removed: true }, `${account} is removed. Its texts stay stored.`),
    );
  const asked = options.text('mode') === null ? null : mode.value;
  return callAndShow(context, 'account.add', { account, mode: asked }, async (added) =>
    done({ type: 'account-added', account, added: true, mode: added.mode }, addedSentence(account, added)),
  );

  async function done(line: object, sentence: string) {
    await terminal.out(options.has('json') ? JSON.stringify(line) : sentence);
    return exit.done;
  }
};

function addedSentence(account: string, { mode, before }: Output<'account.add'>): string {
  if (before === null) return `${account} is added.`;
  return before === mode
    ? `${account} is there already (${mode}).`
    : `${account} is there already; its mode is ${mode} now, no longer ${before}.`;
}
