import type { Bridge } from '../../preload/contract/bridge.ts';
import { type ForwardRule, forwardUrl } from '../../preload/contract/forward.ts';
import type { SettingsChange } from '../../preload/contract/settings.ts';
import type { Command, CommandContext } from './command.ts';
import { failed } from './failing.ts';
import { type ExitCode, exit } from './io.ts';
import { wrongUsage } from './listen.ts';
import { callAndShow, withBridge } from './oneshot.ts';
import { readForwardFormat, targetRefusal } from './read-forward.ts';

/** `forwards`: the rules of the settings by which texts are sent on, shown and changed, and what they are signed with. */
export const forwards: Command = async (context) => {
  const [verb = 'list', given, ...rest] = context.options.positionals;
  if (verb === 'list' && given === undefined) return list(context);
  if (verb === 'secret' && (given === undefined || given === 'renew') && rest.length === 0)
    return secret(context, given === 'renew');
  const url = forwardUrl.safeParse(given);
  if ((verb !== 'add' && verb !== 'remove') || given === undefined || rest.length > 0)
    return wrongUsage(
      context,
      'Say "forwards", "forwards add URL", "forwards remove URL" or "forwards secret [renew]".',
    );
  if (!url.success) return wrongUsage(context, url.error.issues[0]?.message ?? `"${given}" is no URL.`);
  return verb === 'add' ? add(context, url.data) : remove(context, url.data);
};

async function list(context: CommandContext): Promise<ExitCode> {
  return callAndShow(context, 'settings.get', {}, async ({ forwards: rules }) => {
    await showRules(context, rules);
    if (rules.length === 0) context.terminal.say('Nothing is forwarded. Add a rule: thingspace-sms forwards add URL');
    return exit.done;
  });
}

async function showRules({ terminal, options }: CommandContext, rules: readonly ForwardRule[]): Promise<void> {
  const words = ({ url, query, format }: ForwardRule): string =>
    `${url}  ${query === '' ? 'every text' : query}  ${format}`;
  for (const rule of rules)
    await terminal.out(options.has('json') ? JSON.stringify({ type: 'forward', ...rule }) : words(rule));
}

async function add(context: CommandContext, url: string): Promise<ExitCode> {
  const { options } = context;
  const format = readForwardFormat(options);
  if (!format.ok) return wrongUsage(context, format.error);
  const anywhere = options.has('forward-anywhere');
  const refusal = await targetRefusal(url, anywhere);
  if (refusal !== null) return wrongUsage(context, refusal);
  const rule: ForwardRule = { url, query: options.text('query') ?? '', format: format.value };
  return withBridge(context, async (bridge) => {
    const settings = await bridge.call('settings.get', {});
    if (!settings.ok) return failed(context, settings.error);
    const others = settings.value.forwards.filter((other) => !isSame(other, rule));
    return change(context, bridge, { forwards: [...others, rule], ...(anywhere ? { forwardAnywhere: true } : {}) });
  });
}

async function remove(context: CommandContext, url: string): Promise<ExitCode> {
  const query = context.options.text('query');
  return withBridge(context, async (bridge) => {
    const settings = await bridge.call('settings.get', {});
    if (!settings.ok) return failed(context, settings.error);
    const rules = settings.value.forwards;
    const left = rules.filter((rule) => rule.url !== url || (query !== null && rule.query !== query));
    if (left.length < rules.length) return change(context, bridge, { forwards: left });
    context.terminal.say(`No such rule forwards to ${url}.`);
    return exit.failed;
  });
}

function isSame(one: ForwardRule, other: ForwardRule): boolean {
  return one.url === other.url && one.query === other.query && one.format === other.format;
}

/** Shows what is forwarded from now on. */
async function change(context: CommandContext, bridge: Bridge, wanted: SettingsChange): Promise<ExitCode> {
  const changed = await bridge.call('settings.change', wanted);
  if (!changed.ok) return failed(context, changed.error);
  await showRules(context, changed.value.forwards);
  return exit.done;
}

async function secret(context: CommandContext, renew: boolean): Promise<ExitCode> {
  const { terminal, options } = context;
  return callAndShow(context, 'forward.secret', { renew }, async (told) => {
    await terminal.out(options.has('json') ? JSON.stringify({ type: 'forward-secret', ...told }) : told.secret);
    if (renew) terminal.say('An endpoint that checks with the old one refuses what comes from now on.');
    return exit.done;
  });
}
