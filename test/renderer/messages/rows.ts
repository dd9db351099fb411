import type { Message } from '../../../preload/contract/message.ts';

/** A row that differs from others by its sequence alone. */
export function row(sequence: number): Message {
  return {
    id: `m${sequence}`,
    sequence,
    account: '0000123456-00001',
    deviceIds: [{ id: '5551230000', kind: 'mdn' }],
    text: `text ${sequence}`,
    receivedAt: '2026-11-23T14:03:22.000Z',
    platformTime: null,
    lanes: ['callback'],
    unread: true,
  };
}

/** Newest first, both ends among them. */
export function rows(newest: number, oldest: number): readonly Message[] {
  return Array.from({ length: newest - oldest + 1 }, (_, index) => row(newest - index));
}
