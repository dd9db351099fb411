import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

/*
 * Loaded before the built bundle (`node --import`): gives it the stand-in for the module `electron`, and lets the
 * parent process act as the person through messages.
 */

const standIn = pathToFileURL(join(import.meta.dirname, 'electron-stand-in.ts')).href;
const address = 'stand-in:electron';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: address, format: 'module', shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === address
      ? {
          format: 'module',
          shortCircuit: true,
          source: `export * from '${standIn}'; import * as all from '${standIn}'; export default all;`,
        }
      : next(url, context),
});

interface Request {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

async function listen(): Promise<void> {
  const person = await import('./person.ts');
  const { app, powerMonitor } = await import('./electron-stand-in.ts');
  const { machine, record } = person;
  const bus = process.env['STAND_IN_BUS'];
  if (bus !== undefined) await (await import('./stand-in-on-bus.ts')).putOnBus(bus);
  machine.lock = process.env['STAND_IN_LOCK'] !== 'taken';
  machine.home = process.env['STAND_IN_HOME'] ?? machine.home;
  machine.onEnd = () => {
    for (const box of record.errorBoxes) process.stderr.write(`${box}\n`);
    process.exit(record.exitCode ?? 0);
  };
  const actions: Readonly<Record<string, (...args: never[]) => unknown>> = {
    menu: person.menu,
    clickMenu: person.clickMenu,
    call: person.call,
    fetchApp: person.fetchApp,
    notices: person.notices,
    windows: () => record.windows.map(({ options, urls, shown, destroyed }) => ({ options, urls, shown, destroyed })),
    snapshots: () => person.currentWindow()?.webContents.sent.length ?? 0,
    guards: person.guards,
    followLink: person.followLink,
    opened: () => record.opened,
    questions: () => record.questions,
    clipboard: () => record.clipboard,
    openUrl: (url: string) => app.emit('open-url', { preventDefault: () => undefined }, url),
    saveTo: (path: string) => void (machine.saveTo = path),
    tray: () => {
      const { images = [], tooltips = [] } = record.trays.at(-1) ?? {};
      return { image: images.at(-1), tooltip: tooltips.at(-1) };
    },
    schemes: () => record.schemes,
    closeWindow: () => person.currentWindow()?.close(),
    blur: () => person.currentWindow()?.emit('blur'),
    clickNotification: (index: number) => record.notifications.at(index)?.emit('click'),
    secondInstance: (args: readonly string[]) => app.emit('second-instance', {}, args, '/', null),
    resume: () => powerMonitor.emit('resume'),
    quit: () => app.quit(),
  };
  process.on('message', ({ id, name, args }: Request) => {
    Promise.resolve()
      .then(() => actions[name]?.(...(args as never[])))
      .then(
        (value) => process.send?.({ id, value: value ?? null }),
        (error: unknown) => process.send?.({ id, error: String(error) }),
      );
  });
}

if (isMainThread && process.send) await listen();
