import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { parseDeepLink } from '../../../main/core/deep-link.ts';
import { asCurl, asLink } from '../../../renderer/messages/copies.ts';
import { row } from './rows.ts';

const detail = { message: { ...row(1), text: "it's $HOME `x`" }, rawHistory: null, answeredAt: null, arrivals: [] };

/** The last argument as a shell hands it on. */
function bodyOf(command: string): unknown {
  const printed = execFileSync('sh', ['-c', `curl() { printf '%s' "$5"; }; ${command}`], { encoding: 'utf8' });
  return JSON.parse(printed);
}

test('a link leads to its text', () => {
  expect(parseDeepLink(asLink(row(7)))).toEqual({ kind: 'message', id: 'm7' });
});

test('the curl command posts the callback as it came, whatever a shell would make of its signs', () => {
  const callback = { smsMessage: 'it\'s $HOME `x` \\ "q"\n', password: '«removed»' };
  expect(bodyOf(asCurl({ ...detail, rawCallback: JSON.stringify(callback) }))).toEqual(callback);
});

test('the curl command of a text from the queue is shaped like a callback', () => {
  expect(bodyOf(asCurl({ ...detail, rawCallback: null }))).toEqual({
    accountName: '0000123456-00001',
    deviceIds: [{ id: '5551230000', kind: 'mdn' }],
    smsMessage: "it's $HOME `x`",
  });
});
