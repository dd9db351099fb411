import type { Bench } from '../harness/bench.ts';
import { startKannel } from './kannel.ts';
import { startMaildev } from './maildev.ts';
import { startSmee } from './smee.ts';
import { startWebhook } from './webhook.ts';

/** A program that does the like of ours, running. */
export interface Peer {
  /** With its version. */
  readonly name: string;
  /** What it does with each text, in a few words. */
  readonly does: string;
  /** Texts a second, of a run of a second or so. */
  measure(): Promise<number>;
  stop(): Promise<void>;
}

/** A peer, or why it is missing. */
export type StartPeer = (bench: Bench) => Promise<Peer | string>;

const all: Readonly<Record<string, StartPeer>> = {
  Kannel: startKannel,
  webhook: startWebhook,
  maildev: startMaildev,
  'smee-client': startSmee,
};

export async function startPeers(bench: Bench): Promise<readonly Peer[]> {
  const peers: Peer[] = [];
  for (const [name, start] of Object.entries(all)) {
    const started = await start(bench).catch((error: unknown) => String(error));
    if (typeof started === 'string') bench.report.missing(name, started);
    else peers.push(started);
  }
  return peers;
}
