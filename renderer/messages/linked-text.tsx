import { useContext, useState } from 'react';
import { AppDialog } from '../parts/app-dialog.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { OpensLinksContext } from '../parts/opens-links-context.ts';
import { useWords } from '../words/words-context.ts';
import { useHits } from './hits-context.ts';
import { destinationOf, stretchesOf } from './links.ts';

/** A text whose links can be pressed. A press asks first: what a device sends is never opened by itself. */
export function LinkedText({ text }: { text: string }) {
  const hits = useHits();
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <>
      {stretchesOf(text).map((stretch, index) =>
        stretch.kind === 'link' ? (
          // oxlint-disable-next-line react/no-array-index-key -- stretches have no identity but their place
          <button key={index} type="button" className="text-link" onClick={() => setAsked(stretch.text)}>
            <MarkedText text={stretch.text} find={hits.text} />
          </button>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- stretches have no identity but their place
          <MarkedText key={index} lines text={stretch.text} find={hits.text} />
        ),
      )}
      {asked === null ? null : <LinkDialog link={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function LinkDialog({ link, onClose }: { link: string; onClose: () => void }) {
  const words = useWords();
  const opens = useContext(OpensLinksContext);
  const { host, address } = destinationOf(link);
  function open(): void {
    window.open(address, '_blank', 'noopener,noreferrer');
    onClose();
  }
  return (
    <AppDialog title={words.detail.link.title} onClose={onClose}>
      <p>{words.detail.link.body(host)}</p>
      <p className="link-address">{address}</p>
      <footer>
        <button type="button" className="button" onClick={onClose} autoFocus>
          {words.cancel}
        </button>
        <CopyButton wide text={address} label={words.detail.link.copy} />
        {opens ? (
          <button type="button" className="button danger" onClick={open}>
            {words.detail.link.open}
          </button>
        ) : null}
      </footer>
    </AppDialog>
  );
}
