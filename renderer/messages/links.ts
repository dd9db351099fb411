/** A stretch of a text: words, or a link that stands in it. */
export type Stretch = { readonly kind: 'words' | 'link'; readonly text: string };

/** Ends at a space, at what is invisible and at quotes; a full stop or bracket at its end belongs to the sentence. */
const link = /https?:\/\/[^\s\p{C}"'<>`]+/giu;
const trailing = /[.,;:!?)\]}]+$/;

export function stretchesOf(text: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (const found of text.matchAll(link)) {
    const written = found[0].replace(trailing, '');
    if (!isWebAddress(written)) continue;
    if (found.index > from) stretches.push({ kind: 'words', text: text.slice(from, found.index) });
    stretches.push({ kind: 'link', text: written });
    from = found.index + written.length;
  }
  if (from < text.length) stretches.push({ kind: 'words', text: text.slice(from) });
  return stretches;
}

/** Where a link leads, as a browser reads it: a host in another script is written in plain letters. */
export function destinationOf(written: string): { readonly host: string; readonly address: string } {
  const { host, href } = new URL(written);
  return { host, address: href };
}

function isWebAddress(written: string): boolean {
  return URL.canParse(written);
}
