import type { Snapshot } from '../../preload/contract/snapshot.ts';

/* What the tray's check says, hop by hop, of a snapshot that was taken after everything was tried anew. */

export interface Checkup {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Whether everything that was being tried has come to an end. */
export function isSettled(snapshot: Snapshot): boolean {
  return snapshot.accounts.every(({ state }) => state !== 'starting');
}

function addressLine({ publicOrigin, provedAt }: Snapshot): string {
  if (publicOrigin === null) return '– There is no public URL: texts are fetched from the queue.';
  return provedAt === null
    ? `✗ ${publicOrigin}: nothing has come back through it yet.`
    : `✓ ${publicOrigin} leads to this computer.`;
}

/** The first thing that does not work, then each hop. The sentences are those of the window. */
export function checkup(snapshot: Snapshot): Checkup {
  const { accounts, problems, inbox } = snapshot;
  const [first] = problems;
  const works = (state: string): boolean => state === 'live' || state === 'polling' || state === 'off';
  return {
    title: first?.message ?? (isSettled(snapshot) ? snapshot.sentence : `Still trying. ${snapshot.sentence}`),
    lines: [
      addressLine(snapshot),
      ...accounts.map(({ name, state, sentence }) => `${works(state) ? '✓' : '✗'} ${name}: ${sentence}`),
      ...problems.filter(({ account }) => account === null).map(({ message }) => `✗ ${message}`),
      `✓ ${inbox.total.toLocaleString('en-US')} texts are stored, ${inbox.unread.toLocaleString('en-US')} unread.`,
    ],
  };
}
