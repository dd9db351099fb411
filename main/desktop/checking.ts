import { methods } from '../../preload/contract/methods.ts';
import { checkupQuestion } from '../core/checkup.ts';
import type { DesktopPorts } from './ports.ts';
import { ask, questionIn } from './questions.ts';

/** Examines hop by hop and says what works; on a yes everything is tried anew. Answers a sentence when that failed. */
export async function checkEverything({ core }: Pick<DesktopPorts, 'core'>): Promise<string | null> {
  const examined = await core.router.handle('window', 'app.examine', {});
  if (!examined.ok) return examined.error.message;
  const { checks } = methods['app.examine'].output.parse(examined.value);
  if (!(await ask(questionIn(checkupQuestion(checks), core.say)))) return null;
  const tried = await core.router.handle('window', 'app.retry', {});
  return tried.ok ? null : tried.error.message;
}
