/** What a screen reader is told: how the app stands, and how many texts came; no more often than every `pause` ms. */
export interface Announcer {
  readonly state: (sentence: string) => void;
  readonly total: (total: number) => void;
  readonly stop: () => void;
}

export interface AnnouncerDeps {
  readonly speak: (sentence: string) => void;
  /** In words: so many new texts. */
  readonly fresh: (count: number) => string;
  /** Runs something later; returns what cancels it. */
  readonly later: (run: () => void, milliseconds: number) => () => void;
  /** ms */
  readonly pause: number;
}

/** `sentence` and `total` are what is known already, and not said. */
export function createAnnouncer(deps: AnnouncerDeps, sentence: string, total: number): Announcer {
  let said = { sentence, total };
  let now = said;
  let cancel: (() => void) | null = null;

  function speak(): void {
    if (cancel) return;
    const count = now.total - said.total;
    const parts = [now.sentence === said.sentence ? '' : now.sentence, count > 0 ? deps.fresh(count) : ''];
    const due = parts.filter((part) => part !== '').join(' ');
    said = now;
    if (due === '') return;
    deps.speak(due);
    cancel = deps.later(() => {
      cancel = null;
      speak();
    }, deps.pause);
  }

  return {
    state: (next) => {
      now = { ...now, sentence: next };
      speak();
    },
    total: (next) => {
      now = { ...now, total: next };
      speak();
    },
    stop: () => cancel?.(),
  };
}
