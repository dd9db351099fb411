/**
 * The scroll rail of a list of any length. Browsers stop at a height (Chromium at 33,554,428 px, less when zoomed in),
 * so a longer list gets a shorter rail. Near both ends a pixel of rail is a pixel of rows; between them it is more.
 */
export interface Rail {
  readonly rows: number;
  /** px */
  readonly rowHeight: number;
  /** px of rows that are seen at once */
  readonly viewport: number;
}

/** Where the rail stands (px) and which pixel of the rows is at the top of the view. They differ in a shortened rail. */
export interface Place {
  readonly scrollTop: number;
  readonly y: number;
}

/** px: a quarter of Chromium's limit, so that it also holds at a zoom of 400 %. */
export const longestRail = 8_000_000;
/** px at each end where rail and rows move alike. */
export const exactZone = 1_000_000;

export function contentHeight(rail: Rail): number {
  return rail.rows * rail.rowHeight;
}

export function railHeight(rail: Rail): number {
  return Math.min(contentHeight(rail), longestRail);
}

/** px of rows above the view when the rail stands at `scrollTop`. */
export function railToRows(rail: Rail, scrollTop: number): number {
  const { railEnd, rowsEnd } = ends(rail);
  const at = clamp(scrollTop, railEnd);
  if (railEnd === rowsEnd || at <= exactZone) return at;
  if (at >= railEnd - exactZone) return rowsEnd - (railEnd - at);
  return exactZone + ((at - exactZone) * (rowsEnd - 2 * exactZone)) / (railEnd - 2 * exactZone);
}

/** Where the rail must stand to have `y` px of rows above the view: the inverse of `railToRows`. */
export function rowsToRail(rail: Rail, y: number): number {
  const { railEnd, rowsEnd } = ends(rail);
  const at = clamp(y, rowsEnd);
  if (railEnd === rowsEnd || at <= exactZone) return at;
  if (at >= rowsEnd - exactZone) return railEnd - (rowsEnd - at);
  return exactZone + ((at - exactZone) * (railEnd - 2 * exactZone)) / (rowsEnd - 2 * exactZone);
}

/**
 * Short moves (wheel, keys) go pixel by pixel even where the rail is shortened; long ones go by the rail. The thumb,
 * dragged by half a pixel, moves the rail by `railEnd / (2 * viewport)`: what is less was not the thumb.
 */
export function moved(rail: Rail, from: Place, scrollTop: number): Place {
  const { railEnd, rowsEnd } = ends(rail);
  const distance = scrollTop - from.scrollTop;
  if (scrollTop <= 0) return { scrollTop, y: 0 };
  if (scrollTop >= railEnd) return { scrollTop, y: rowsEnd };
  const short = Math.max(rail.viewport, railEnd / (2 * rail.viewport));
  if (Math.abs(distance) > short) return { scrollTop, y: railToRows(rail, scrollTop) };
  return { scrollTop, y: clamp(from.y + distance, rowsEnd) };
}

/** The rows in view, the partly seen ones among them. */
export function visibleRows(rail: Rail, y: number): { readonly first: number; readonly count: number } {
  const first = Math.max(0, Math.min(Math.floor(y / rail.rowHeight), rail.rows));
  const end = Math.min(rail.rows, Math.ceil((y + rail.viewport) / rail.rowHeight));
  return { first, count: Math.max(0, end - first) };
}

/** px to move so that row `offset` is wholly in view; 0 when it is. */
export function distanceToShow(rail: Rail, y: number, offset: number): number {
  const top = offset * rail.rowHeight;
  if (top < y) return top - y;
  const over = top + rail.rowHeight - (y + rail.viewport);
  return over > 0 ? over : 0;
}

function ends(rail: Rail): { readonly railEnd: number; readonly rowsEnd: number } {
  return {
    railEnd: Math.max(0, railHeight(rail) - rail.viewport),
    rowsEnd: Math.max(0, contentHeight(rail) - rail.viewport),
  };
}

function clamp(value: number, end: number): number {
  return Math.max(0, Math.min(value, end));
}
