/** ms after which a window that draws nothing (hidden, minimised) goes on all the same. */
const longestWait = 250;

/** Runs something before the next picture is drawn. Returns what cancels it. */
export function onNextFrame(run: () => void): () => void {
  const cancel = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const once = (): void => {
    cancel();
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, longestWait);
  return cancel;
}

/** Resolves as soon as the next picture is made: until then its own work would hold up whatever is asked. */
export function nextPicture(): Promise<void> {
  return new Promise((resolve) => {
    onNextFrame(() => setTimeout(resolve));
  });
}
