import type { Message } from '../../preload/contract/message.ts';
import type { Problem } from '../../preload/contract/snapshot.ts';
import type { Happening } from '../services/core.ts';

/** The line of a text, the same in `listen`, `messages`, `wait` and `export`; `nickname` where its device has one. */
export function messageJson(message: Message): string {
  const { id, account, deviceIds, text, receivedAt, platformTime, lanes, device } = message;
  const named = device?.nickname ? { nickname: device.nickname } : {};
  return JSON.stringify({ type: 'message', id, account, deviceIds, text, receivedAt, platformTime, lanes, ...named });
}

/** The line of something that went wrong. */
export function problemJson({ code, message, account, service }: Problem): string {
  return JSON.stringify({ type: 'problem', code, message, account, service });
}

/** The lines of the command line's contract; null for what only people are told. */
export function happeningJson(happening: Happening, pid: number): string | null {
  switch (happening.type) {
    case 'listening': {
      const { publicOrigin, port } = happening;
      return JSON.stringify({ type: 'listening', publicOrigin, port, pid });
    }
    case 'account': {
      const { account, state, reason } = happening;
      return JSON.stringify({ type: 'account', account, state, reason });
    }
    case 'message':
      return messageJson(happening.message);
    case 'delivery': {
      const { account, requestId, deviceIds, status, meaning, confirmation, fault } = happening.delivery;
      return JSON.stringify({ type: 'delivery', account, requestId, deviceIds, status, meaning, confirmation, fault });
    }
    case 'problem':
      return problemJson(happening.problem);
    case 'gap':
      return JSON.stringify({ type: 'gap', ...happening.gap });
    case 'note': {
      const { account, text } = happening;
      return JSON.stringify({ type: 'note', account, text });
    }
  }
}
