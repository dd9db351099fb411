/* From a letter to its rows, as the page itself sees it: the driver only presses keys. */
import type { Page } from 'playwright-core';
import type { Bench } from '../harness/bench.ts';
import { goal } from '../harness/report.ts';
import { quantile } from '../harness/stats.ts';

/** Words that stand in all texts, in some and in few, together and apart, and keys of the search language. */
const searches = [
  'battery 42',
  'open',
  'status ok',
  'rssi -67',
  'closed',
  'door open',
  'lat=47',
  'long',
  '7',
  '"ok 4"',
  '-open',
  'device:7020000042',
  'is:unread',
];
/** So many that their p99 is not the one that took longest. */
const rounds = 2;
/** ms between a letter's rows and the next letter: a fast typist takes 150 for both. */
const pause = 100;
const longestWait = 3000;

/** ms from the press of a key. */
interface Letter {
  /** From the question for its rows to the answer in the page. */
  readonly answered: number;
  /** Until the picture that shows it in the field. */
  readonly drawn: number;
  /** Until the picture that shows its rows. */
  readonly shown: number;
}

/** Lets what is said over the window's line be watched; to be called before the page is opened. */
export async function openToWatching(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.WebSocket = class extends WebSocket {
      constructor(...address: ConstructorParameters<typeof WebSocket>) {
        super(...address);
        // Heard before the window hears it, which may show it at once.
        this.addEventListener('message', ({ data }) => dispatchEvent(new CustomEvent('heard', { detail: data })));
      }
      override send(data: string): void {
        dispatchEvent(new CustomEvent('said', { detail: data }));
        super.send(data);
      }
    };
  });
}

/** Notes each letter in the page, from the time that its key event carries. */
async function watchLetters(page: Page): Promise<void> {
  await page.evaluate(() => {
    interface Typed {
      readonly pressed: number;
      asked: number;
      answered: number;
      drawn: number;
      shown: number;
    }
    const letters: Typed[] = [];
    Object.assign(window, { letters });
    let typed: Typed | null = null;
    const grid = document.querySelector('[role=grid]');
    const rows = document.querySelector('[role=grid] .spacer');
    const questions = new Map<number, Typed>();
    /* Told after the frame's own work: the picture is made. */
    const afterPicture = (then: (at: number) => void): void => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => then(performance.now()), { once: true });
        port1.start();
        port2.postMessage(null);
      });
    };
    const detailOf = (event: Event): string => (event instanceof CustomEvent ? String(event.detail) : '');
    addEventListener('said', (event) => {
      const { id, name } = JSON.parse(detailOf(event));
      if (!typed || (name !== 'inbox.first' && name !== 'inbox.page')) return;
      if (typed.asked === 0) typed.asked = performance.now();
      questions.set(id, typed);
    });
    addEventListener('heard', (event) => {
      const id = Number(/^\{"id":(\d+)/.exec(detailOf(event))?.[1] ?? -1);
      const mine = questions.get(id);
      if (mine && mine.answered === 0) mine.answered = performance.now() - mine.asked;
    });
    addEventListener(
      'keydown',
      ({ key, timeStamp }) => {
        if (key.length !== 1 || key === ' ') return;
        const mine: Typed = { pressed: timeStamp, asked: 0, answered: 0, drawn: 0, shown: 0 };
        typed = mine;
        afterPicture((at) => {
          mine.drawn = at - mine.pressed;
        });
      },
      { capture: true },
    );
    const show = (): void => {
      const mine = typed;
      if (!mine?.answered) return;
      typed = null;
      afterPicture((at) => {
        mine.shown = at - mine.pressed;
        letters.push(mine);
      });
    };
    // Rows changed after the answer, or the list is at rest again with the rows that it had.
    if (rows) new MutationObserver(show).observe(rows, { childList: true, subtree: true, characterData: true });
    if (grid)
      new MutationObserver(() => {
        if (grid.getAttribute('aria-busy') === 'false') show();
      }).observe(grid, { attributeFilter: ['aria-busy'] });
  });
}

/** Presses the keys of every search, one after the other, and takes the time of each. */
async function typedLetters(page: Page): Promise<readonly Letter[]> {
  const field = page.locator('[role=search] input');
  await watchLetters(page);
  let pressed = 0;
  for (const search of Array.from({ length: rounds }, () => searches).flat()) {
    await field.focus();
    for (const letter of search) {
      await page.keyboard.press(letter);
      // A space at its end does not change a search.
      if (letter === ' ') continue;
      pressed += 1;
      await page.waitForFunction((count) => Reflect.get(window, 'letters').length >= count, pressed, {
        polling: 20,
        timeout: longestWait,
      });
      await page.waitForTimeout(pause);
    }
    await field.fill('');
    await page.waitForTimeout(3 * pause);
  }
  return await page.evaluate(() => Reflect.get(window, 'letters'));
}

/** How long letters and their rows take to the screen. `when`: what goes on meanwhile, where something does. */
export async function measureTyping(bench: Bench, page: Page, when = ''): Promise<void> {
  const letters = await typedLetters(page);
  for (const [name, times] of [
    ['letter to its picture', letters.map(({ drawn }) => drawn)],
    ["a letter's question to its answer", letters.map(({ answered }) => answered)],
    ['letter to rows', letters.map(({ shown }) => shown)],
  ] as const) {
    const p99 = quantile(times, 0.99);
    const line = (share: string) => ({ workload: `${name}${when}, ${share}`, subject: 'app', unit: 'ms' });
    bench.report.add({ ...line('p50'), values: [quantile(times, 0.5)] });
    bench.report.add({ ...line('p99'), values: [p99], goal: () => goal('≤ 50 ms', p99 <= 50) });
  }
}
