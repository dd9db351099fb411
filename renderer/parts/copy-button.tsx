import { Check, Copy, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '../words/words-context.ts';

const shownFor = 1500;

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  readonly wide?: boolean;
  /** Where it is not plain from its place what is copied. */
  readonly icon?: LucideIcon;
}

/** Copies `text`; says for a moment that it did. Where it is not wide it is an icon that `label` names. */
export function CopyButton({ text, label, wide = false, icon: Icon = Copy }: CopyButtonProps) {
  const words = useWords();
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), shownFor);
    return () => clearTimeout(timer);
  }, [outcome]);
  const said = outcome === 'copied' ? words.copied : outcome === 'failed' ? words.copyFailed : label;
  const icon = outcome === 'copied' ? <Check size={14} aria-hidden /> : <Icon size={14} aria-hidden />;
  const press = (): void => void copy(text).then((done) => setOutcome(done ? 'copied' : 'failed'));
  return wide ? (
    <button type="button" className="button" onClick={press}>
      {icon}
      <span aria-live="polite">{said}</span>
    </button>
  ) : (
    <button type="button" className="icon-button small" onClick={press} aria-label={said} title={said}>
      {icon}
    </button>
  );
}

/** Whether the text reached the clipboard. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
