import type { Command, CommandContext } from './command.ts';
import { type ExitCode, exit, tellFailure } from './io.ts';
import { callAndShow, withBridge } from './oneshot.ts';

const fields = [
  { name: 'appKey', question: 'App key (ThingSpace, Key Management): ', secret: true },
  { name: 'appSecret', question: 'App secret: ', secret: true },
  { name: 'username', question: 'API user name ("UWS" user): ', secret: false },
  { name: 'password', question: 'API password: ', secret: true },
] as const;

type Given = Record<(typeof fields)[number]['name'], string>;

/** `login`: four answers, or four lines of the input, into the keychain. */
export const login: Command = async (context) => {
  const { terminal } = context;
  terminal.say('ThingSpace locks the API user after five wrong passwords in a row; this app stops after two.');
  const given: Given = { appKey: '', appSecret: '', username: '', password: '' };
  for (const { name, question, secret } of fields) {
    const answer = await terminal.ask(question, secret);
    if (answer === null || answer.trim() === '') {
      terminal.say(
        `${question.replace(/[:\s]+$/, '')} is missing; nothing was stored. All four are needed: app key, app secret, user name, password.`,
      );
      return exit.usage;
    }
    given[name] = answer.trim();
  }
  return save(context, given);
};

async function save(context: CommandContext, given: Given): Promise<ExitCode> {
  const { terminal } = context;
  return withBridge(context, async (bridge) => {
    const saved = await bridge.call('credentials.save', given);
    if (saved.ok) {
      await terminal.out('The credentials are in the keychain.');
      return exit.done;
    }
    const mayConfirm = saved.error.code === 'sign-in-stopped' && terminal.isTerminal;
    const code = tellFailure(terminal, saved.error);
    const answer = mayConfirm ? await terminal.ask('Try them once more all the same? (yes/no) ', false) : null;
    if (answer?.trim().toLowerCase() !== 'yes') return code;
    const again = await bridge.call('credentials.save', { ...given, confirmed: true });
    return again.ok ? exit.done : tellFailure(terminal, again.error);
  });
}

/** `logout`: nothing is left in the keychain, but what is owed to others. */
export const logout: Command = async (context) =>
  callAndShow(context, 'credentials.clear', {}, async ({ sentence }) => {
    await context.terminal.out(sentence);
    return exit.done;
  });
