import { spawn } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { callbackBody } from '../harness/texts.ts';
import type { StartPeer } from './peers.ts';
import { end, installFromNpm, openSink } from './processes.ts';

const version = '5.0.0';
const texts = 1000;

/** smee-client: the same bodies relayed from an event stream to a local URL, nothing kept. */
export const startSmee: StartPeer = async (bench) => {
  const folder = installFromNpm(bench, 'smee-client', version);
  const streams: ServerResponse[] = [];
  const channel = await openSink((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('event: ready\ndata: {}\n\n');
    streams.push(response);
  });
  let arrived = 0;
  const sink = await openSink((request, response) => {
    arrived += 1;
    request.resume();
    response.end();
  });
  const child = spawn(
    process.execPath,
    [
      join(folder, 'node_modules', 'smee-client', 'bin', 'smee.js'),
      '--url',
      `http://127.0.0.1:${channel.port}/channel`,
      '--target',
      `http://127.0.0.1:${sink.port}/`,
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  for (let tries = 0; streams.length === 0 && tries < 150; tries += 1) await pause(100);
  if (streams.length === 0) throw new Error('It did not connect within 15 s.');
  return {
    name: `smee-client ${version}`,
    does: 'event → HTTP, nothing kept',
    async measure() {
      const before = arrived;
      const startedAt = performance.now();
      for (let number = 0; number < texts; number += 1) {
        const body: unknown = JSON.parse(callbackBody(number, { username: '', password: '' }));
        streams.at(-1)?.write(`data: ${JSON.stringify({ body, 'content-type': 'application/json' })}\n\n`);
      }
      while (arrived < before + texts && performance.now() < startedAt + 10_000) await pause(2);
      return (arrived - before) / ((performance.now() - startedAt) / 1000);
    },
    async stop() {
      await end(child);
      channel.close();
      sink.close();
    },
  };
};
