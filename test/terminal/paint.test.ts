import { expect, test } from 'vitest';
import { messageLine } from '../../main/terminal/paint.ts';
import { sampleMessage } from '../fakes/samples.ts';

const look = { columns: 80, color: false, accountWidth: 16, now: new Date('2026-11-24T12:00:00Z') };
const line = (account: string): string => messageLine(sampleMessage(1, { account, text: 'door open' }), look);

test('texts of accounts with names of any length stand in columns', () => {
  const columns = ['0000123456-00001', 'FIELD_DEMO-A'].map((account) => line(account).indexOf('door open'));
  expect(columns[0]).toBe(columns[1]);
  expect(line('0000123456-00001').length).toBeLessThanOrEqual(80);
});

test('the only account is not said', () => {
  expect(messageLine(sampleMessage(1, { account: 'FIELD_DEMO-A' }), { ...look, accountWidth: null })).not.toContain(
    'FIELD',
  );
});

test.each([null, 16])('a line fits a terminal of 40 columns, the account left out (%s)', (accountWidth) => {
  const message = sampleMessage(1, { text: 'a text that goes on and on', receivedAt: '2026-11-24T11:59:00Z' });
  const narrow = messageLine(message, { ...look, columns: 40, accountWidth });
  expect(narrow.length).toBeLessThanOrEqual(40);
  expect(narrow).toContain('a text');
});
