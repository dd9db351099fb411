/* The whole app after so many hours of asking for a queue, by a clock that is set forward: real store and HTTP. */
import { setTimeout as pause } from 'node:timers/promises';
import { keepYoungObjectsFew } from '../../../main/young-objects.ts';
import { openClockedApp } from '../../flows/clocked-app.ts';
import { serveSubject } from './serve-subject.ts';

const pollIntervalMs = 60_000;
/** A poll and all that follows from it are over well within it. */
const realMs = 8;

keepYoungObjectsFew();
await serveSubject(async (directory) => {
  const { env } = process;
  const accounts = (env['BENCH_ACCOUNTS'] ?? '').split(' ');
  const credentials = {
    appKey: env['THINGSPACE_APP_KEY'] ?? '',
    appSecret: env['THINGSPACE_APP_SECRET'] ?? '',
    username: env['THINGSPACE_USERNAME'] ?? '',
    password: env['THINGSPACE_PASSWORD'] ?? '',
  };
  const app = await openClockedApp(
    { origin: env['THINGSPACE_API_BASE'] ?? '', credentials },
    {
      dataDirectory: directory,
      accounts,
      config: { run: { accounts, mode: 'poll', takeOver: false, pollIntervalMs } },
    },
  );
  app.core.start();
  const hours = Number(env['BENCH_HOURS']);
  for (let passed = 0; passed < hours * 3_600_000; passed += pollIntervalMs / 4) {
    await app.clock.advance(pollIntervalMs / 4);
    await pause(realMs);
  }
  return {
    target: { port: 0, path: '', username: '', password: '' },
    async stop() {
      const stopped = app.core.stop().then(() => 'stopped');
      while ((await Promise.race([stopped, pause(realMs)])) !== 'stopped') await app.clock.advance(100);
      await app.close();
    },
  };
});
