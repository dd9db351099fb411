import { dialog, shell } from 'electron';
import { isOutsideLink } from '../core/outside-links.ts';
import { plainText } from '../core/plain-text.ts';
import type { Question } from '../core/updates.ts';
import type { Say } from '../core/words/say.ts';

/** A question of the core in the person's language, its detail line by line. */
export function questionIn({ message, detail, yes, no }: Question, say: Say): Question {
  return { message: say(message), detail: detail.split('\n').map(say).join('\n'), yes: say(yes), no: say(no) };
}

/** Asks; anything but the button for yes is a no. */
export async function ask({ message, detail, yes, no }: Question): Promise<boolean> {
  const options = { type: 'question', message, detail, buttons: [yes, no], defaultId: 1, cancelId: 1 } as const;
  const { response } = await dialog.showMessageBox({ ...options, buttons: [...options.buttons], noLink: true });
  return response === 0;
}

/** Says something at length. */
export async function tellAtLength(message: string, lines: readonly string[]): Promise<void> {
  await dialog.showMessageBox({ type: 'info', message, detail: lines.join('\n'), buttons: ['OK'] });
}

/** Opens links of the window in the system's browser: only those that are allowed, only after a yes, one at a time. */
export function createLinkOpener(say: Say): (url: string) => Promise<void> {
  let asking = false;
  return async (url) => {
    if (!isOutsideLink(url) || asking) return;
    asking = true;
    try {
      const detail = plainText(url, 300);
      if (await ask({ message: say('Open this page in your browser?'), detail, yes: say('Open'), no: say('Cancel') })) {
        await shell.openExternal(url);
      }
    } finally {
      asking = false;
    }
  };
}
