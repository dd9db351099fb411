/** GET /sms/{accountName}/history: the queue in pages, removed only when acknowledged by `next`. Notes, section 4. */
import { randomBytes } from 'node:crypto';
import type { Accounts } from './accounts.ts';
import { bare, type Call, json, m2mError, parameter, type Reply } from './http.ts';
import { shownIds, shownTime } from './payloads.ts';
import { type Random, shuffle } from './random.ts';
import type { ReadSwitches, Switches } from './switches.ts';
import type { Text, Texts } from './texts.ts';

export interface History {
  readonly read: (call: Call) => Reply;
}

interface Dependencies {
  readonly accounts: Accounts;
  readonly texts: Texts;
  readonly switches: ReadSwitches;
  readonly random: Random;
  readonly now: () => number;
}

interface Block {
  readonly texts: readonly Text[];
  readonly servedAt: number;
}

interface Page {
  readonly texts: readonly Text[];
  readonly hasMore: boolean;
  readonly token: string | null;
}

/** Blocks that can still be acknowledged, for each account. */
const blockLimit = 1000;

const constantTokens: Readonly<Record<Switches['historyNextForm'], string>> = {
  letters: 'TheSameAgain',
  digits: '90071992547409931234',
};

/** Longer than a double can hold when made of digits: a token is a string to whoever keeps it. */
function freshToken(form: Switches['historyNextForm']): string {
  if (form === 'letters') return randomBytes(12).toString('hex');
  return `9${randomBytes(8).readBigUInt64BE().toString().padStart(20, '0')}`;
}

function location(call: Call, account: string, token: string, form: Switches['historyLocation']): string {
  const relative = `/sms/${encodeURIComponent(account)}/history?next=${token}`;
  if (form === 'relative') return relative;
  return `${form === 'absolute' ? `http://${call.headers.host ?? ''}` : ''}/api/m2m/v1${relative}`;
}

const bodyKeys: Readonly<Record<Switches['historyTokenIn'], string | null>> = {
  location: null,
  'body-token': 'token',
  'body-Token': 'Token',
  'body-next': 'next',
  'body-nextToken': 'nextToken',
  'location-and-body': 'token',
};

function emptyAnswer(form: Switches['historyEmpty']): Reply {
  switch (form) {
    case '204':
      return bare(204);
    case '200-empty-body':
      return bare(200, { 'Content-Type': 'application/json' });
    case '200-no-messages':
      return json(200, { hasMoreData: false });
    case '200-list':
      return json(200, { messages: [], hasMoreData: false });
  }
}

/** The blocks handed out, so that a token acknowledges exactly what was in its page. */
function createBlocks({ texts, switches, now }: Dependencies) {
  const blocks = new Map<string, Block>();
  return {
    remember(account: string, served: readonly Text[]): string {
      const { historyNext, historyNextForm } = switches();
      const token = historyNext === 'fresh' ? freshToken(historyNextForm) : constantTokens[historyNextForm];
      blocks.delete(`${account}/${token}`);
      blocks.set(`${account}/${token}`, { texts: served, servedAt: now() });
      const [oldest] = blocks.keys();
      if (blocks.size > blockLimit && oldest !== undefined) blocks.delete(oldest);
      return token;
    },
    /** True when the token was known, and its page is now off the queue. */
    acknowledge(account: string, token: string): boolean {
      const { historyNext, historyNextReuse, nextLifeMs } = switches();
      const key = `${account}/${token}`;
      const block = blocks.get(key);
      if (!block || now() - block.servedAt > nextLifeMs) return false;
      if (historyNext === 'stuck') return true;
      for (const text of block.texts) texts.move(text, 'acknowledged');
      if (historyNextReuse === 'refused') blocks.delete(key);
      else blocks.set(key, { texts: [], servedAt: block.servedAt });
      return true;
    },
  };
}

function firstOfQueue(account: string, { texts, switches, random }: Dependencies): readonly Text[] {
  const { pageSize, deliveryOrder } = switches();
  const page: Text[] = [];
  for (const text of texts.queue(account).values()) {
    if (page.length >= pageSize) break;
    page.push(text);
  }
  return deliveryOrder === 'out-of-order' ? shuffle(random, page) : page;
}

function answer(call: Call, account: string, { texts, hasMore, token }: Page, switches: Switches): Reply {
  const { historyTokenIn, historyLocation, historyEmpty, kindCase, timestamps } = switches;
  if (texts.length === 0 && !hasMore) return emptyAnswer(historyEmpty);
  const messages = texts.map((text) => ({
    deviceIds: shownIds(text.deviceIds, kindCase),
    message: text.text,
    timestamp: shownTime(text.timestamp, timestamps),
  }));
  const bodyKey = bodyKeys[historyTokenIn];
  const inBody = token !== null && bodyKey !== null ? { [bodyKey]: token } : {};
  const isInLocation = token !== null && historyTokenIn.startsWith('location');
  const headers = isInLocation ? { Location: location(call, account, token, historyLocation) } : {};
  return json(hasMore ? 202 : 200, { messages, hasMoreData: hasMore, ...inBody }, headers);
}

export function createHistory(dependencies: Dependencies): History {
  const { accounts, texts, switches } = dependencies;
  const blocks = createBlocks(dependencies);

  function nextPage(account: string, isFirst: boolean): Page {
    const { historyMore, historyNext, historyLastPage } = switches();
    if (historyMore === 'empty-pages-forever' || (historyMore === 'empty-first-page' && isFirst))
      return { texts: [], hasMore: true, token: blocks.remember(account, []) };
    const page = firstOfQueue(account, dependencies);
    if (page.length === 0) return { texts: page, hasMore: false, token: null };
    if (historyMore === 'without-location') return { texts: page, hasMore: true, token: null };
    const hasMore = historyNext === 'stuck' || texts.queue(account).size > page.length;
    const hasToken = hasMore || historyLastPage === 'location';
    return { texts: page, hasMore, token: hasToken ? blocks.remember(account, page) : null };
  }

  return {
    read(call) {
      const account = parameter(call, 'account');
      const refusal = accounts.refuse(account);
      if (refusal) return refusal;
      const next = call.query.get('next');
      if (next !== null && !blocks.acknowledge(account, next))
        return m2mError('INPUT_INVALID.Next.Invalid', 'The value of next is not valid.');
      const page = nextPage(account, next === null);
      const isCleared = !page.hasMore && page.token === null && switches().historyLastPage === 'none-cleared';
      for (const text of page.texts) {
        text.handedOut += 1;
        if (isCleared) texts.move(text, 'cleared');
      }
      return answer(call, account, page, switches());
    },
  };
}
