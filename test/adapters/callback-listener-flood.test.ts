import { readFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCallbackListener } from '../../main/adapters/callback-listener.ts';
import { createClock } from '../../main/adapters/clock.ts';
import type { OpenListener } from '../../main/core/ports.ts';
import { createSecret } from '../../main/core/secret.ts';

const path = '/callback/0123456789abcdef0123456789abcdef';
const body = JSON.stringify({ username: 'u', password: 'p', smsMessage: 'hello', deviceIds: [] });

/** The strangers' ends are files of this process, as are the 512 that the listener keeps. */
const mostSockets = Math.min(10_000, openFiles() - 2_000);

function openFiles(): number {
  const limits = readFileSync('/proc/self/limits', 'latin1');
  const soft = /Max open files\s+(\d+|unlimited)/.exec(limits)?.[1];
  return soft === undefined || soft === 'unlimited' ? 1_000_000 : Number(soft);
}

let listener: OpenListener;
let received: number;
let sockets: Socket[];
let agent: Agent;

beforeEach(async () => {
  received = 0;
  sockets = [];
  agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const opened = await createCallbackListener(createClock()).open(
    {
      port: null,
      routes: () => [
        {
          account: 'a',
          secretPath: createSecret(path.slice(10)),
          username: createSecret('u'),
          password: createSecret('p'),
        },
      ],
      hosts: () => [],
      proof: () => null,
    },
    {
      async receive() {
        received += 1;
        return { status: 200 };
      },
      refused: () => undefined,
    },
  );
  if (!opened.ok) throw new Error(opened.error.message);
  listener = opened.value;
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  agent.destroy();
  await listener.close(1_000);
});

/** A callback as the tunnel brings it; one on a fresh connection that was crowded out is sent again, as ThingSpace does. */
function callBack(kept: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = httpRequest(
      { port: listener.port, host: '127.0.0.1', method: 'POST', path, headers, agent: kept ? agent : false },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.setTimeout(5_000, () => sent.destroy(new Error('a callback was not answered')));
    sent.end(body);
  });
}

function openStranger(index: number, words: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(listener.port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    // One that does not even come through to the listener is given up.
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('close', () => resolve());
    socket.on('connect', () => {
      socket.setTimeout(0);
      socket.write(words.replace('N', String(index)));
      resolve();
    });
  });
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('callbacks come through', () => {
  it(`while ${mostSockets} strangers hold connections open and send a little now and then`, async () => {
    expect(await callBack(true)).toBe(200);
    const before = memory();
    for (let index = 0; index < mostSockets; index += 250) {
      const wave = Array.from({ length: 250 }, (_, at) => openStranger(index + at, `POST ${path} HTTP/1.1\r\nX-N: `));
      await Promise.all(wave);
      for (const socket of sockets.slice(-500)) if (!socket.destroyed) socket.write('a');
      expect(await Promise.all([callBack(true), callBack(true), callBack(false)])).toEqual([200, 200, 200]);
    }
    await expect.poll(() => sockets.filter((socket) => !socket.destroyed).length).toBeLessThanOrEqual(512);
    // The strangers' own ends are in this process too.
    expect(memory() - before).toBeLessThan(200 * 1024 * 1024);
  }, 60_000);

  it('while strangers send header after header, chunk after chunk, and request after request', async () => {
    const floods = [
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${listener.port}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
      'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
      `POST ${path} HTTP/1.1\r\n`,
    ];
    const more = [
      '400\r\n' + ' '.repeat(1024) + '\r\n',
      'GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50),
      'X-A: b\r\n'.repeat(100),
    ];
    const before = memory();
    const end = Date.now() + 2_000;
    const flood = async (kind: number): Promise<void> => {
      while (Date.now() < end) {
        await openStranger(0, floods[kind] ?? '');
        const socket = sockets.at(-1);
        const isOpen = (): boolean => socket !== undefined && socket.writable && socket.writableLength < 1_000_000;
        while (Date.now() < end && isOpen()) {
          socket?.write(more[kind] ?? '');
          await new Promise((resolve) => setImmediate(resolve));
        }
        socket?.destroy();
      }
    };
    const flooding = Promise.all([0, 1, 2, 0, 1, 2].map(flood));
    let good = 0;
    while (Date.now() < end) {
      expect(await callBack(good % 2 === 0)).toBe(200);
      good += 1;
    }
    await flooding;
    expect(good).toBeGreaterThan(20);
    expect(received).toBe(good);
    expect(memory() - before).toBeLessThan(200 * 1024 * 1024);
  });
});
