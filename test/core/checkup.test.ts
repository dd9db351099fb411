import { expect, test } from 'vitest';
import { checkupQuestion } from '../../main/core/checkup.ts';
import { type Check, hops } from '../../preload/contract/examination.ts';

function check(change: Partial<Check>): Check {
  return { hop: 'account', account: null, outcome: 'pass', code: null, reason: 'Fine.', fix: null, ...change };
}

test('names the first hop that fails, and what to do before all else', () => {
  const { message, detail } = checkupQuestion([
    check({ hop: 'dns' }),
    check({ hop: 'tls', outcome: 'fail', reason: 'The certificate is not trusted.', fix: 'Ask who runs the proxy.' }),
    check({ hop: 'queue', outcome: 'fail', reason: 'Later.' }),
  ]);
  expect(message).toBe('The first that fails: Encryption. The certificate is not trusted.');
  expect(detail.split('\n')[0]).toBe('Ask who runs the proxy.');
});

test('has words for every hop, and says when nothing fails', () => {
  const { message, detail } = checkupQuestion(hops.map((hop) => check({ hop })));
  expect(message).toBe('Nothing fails.');
  expect(detail.split('\n')).toHaveLength(hops.length);
  expect(detail).not.toContain('undefined');
});

test('stays as long as a screen, and hides no failure behind what works', () => {
  const many = Array.from({ length: 200 }, (_, index) =>
    check({ account: `account ${index + 1}`, ...(index === 150 ? { outcome: 'fail', reason: 'Held.' } : {}) }),
  );
  expect(checkupQuestion(many).detail.split('\n')).toEqual(['✗ Account of account 151: Held.', '… and 199 others.']);
});
