import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { connectWindows } from '../../main/desktop/ipc.ts';
import { appPage } from '../../main/desktop/protocol.ts';
import { createWindows } from '../../main/desktop/windows.ts';
import { createRouter, type Handlers } from '../../main/services/router.ts';
import { methods } from '../../preload/contract/methods.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { fittingInput, methodNames } from './contract-inputs.ts';
import { resetStandIn } from './electron-stand-in.ts';
import { createFakeCore } from './fake-core.ts';
import { call } from './person.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

const runs = { numRuns: 60 };
const handled: (readonly [name: string, input: unknown])[] = [];

/** The real router and the real checks of senders and frames; handlers that only record. */
async function connect(): Promise<void> {
  const handlers = Object.fromEntries(
    methodNames.map((name) => [
      name,
      async (input: unknown) => {
        handled.push([name, input]);
        return { ok: true, value: {} };
      },
    ]),
  ) as unknown as Handlers;
  const core = { ...createFakeCore(), router: createRouter(handlers, { write: () => undefined }) };
  const paths = { preload: '', trayIcons: '', windowIcon: '', unreadOverlay: '', executable: '' };
  const windowPlace = { read: async () => null, write: async () => undefined };
  const windows = await createWindows(
    { clock: createFakeClock(), paths, platform: 'linux', windowPlace },
    { onFront: () => undefined, onClosed: () => undefined },
  );
  connectWindows(core, windows, () => undefined);
  windows.open({ kind: 'messages' });
}

beforeEach(async () => {
  resetStandIn();
  handled.length = 0;
  await connect();
});

describe.each(methodNames)('%s', (name) => {
  const schema = methods[name].input;
  const listed = methods[name].callers.includes('window');
  const refusal = listed ? 'bad-input' : 'not-allowed';

  test('is carried out for our window with input that fits, once and as parsed', async () => {
    await fc.assert(
      fc.asyncProperty(fittingInput(name), async (input) => {
        handled.length = 0;
        const answer = (await call(name, input)) as { ok: boolean };
        expect(answer.ok).toBe(listed);
        expect(handled).toEqual(listed ? [[name, schema.parse(input)]] : []);
      }),
      runs,
    );
  });

  test('refuses whatever else is given to it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
        async (input) => {
          fc.pre(!schema.safeParse(input).success);
          expect(await call(name, input)).toMatchObject({ ok: false, error: { code: refusal } });
          expect(handled).toEqual([]);
        },
      ),
      runs,
    );
  });

  test('refuses input that fits but for one field too many, too few or of another kind', async () => {
    const spoiled = fittingInput(name).chain((input) => {
      const keys = Object.keys(input);
      const extra = fc
        .stringMatching(/^[a-z]{1,12}$/)
        .filter((key) => !keys.includes(key) && !(key in Object(schema.def).shape))
        .map((key) => ({ ...input, [key]: 1 }));
      const proto = fc.constant(
        JSON.parse(`{"__proto__": {"admin": true}, ${JSON.stringify(input).slice(1)}`.replace(', }', '}')) as unknown,
      );
      if (keys.length === 0) return fc.oneof(extra, proto);
      const changed = fc
        .tuple(
          fc.constantFrom(...keys),
          fc.oneof(
            fc.constant(Symbol('not data')),
            fc.constant(() => 1),
            fc.constant(Number.NaN),
          ),
        )
        .map(([key, value]) => ({ ...input, [key]: value }));
      return fc.oneof(extra, changed, proto);
    });
    await fc.assert(
      fc.asyncProperty(spoiled, async (input) => {
        expect(await call(name, input)).toMatchObject({ ok: false, error: { code: refusal } });
        expect(handled).toEqual([]);
      }),
      runs,
    );
  });

  test('refuses every sender but our window showing our page in its main frame', async () => {
    const url = fc.oneof(
      fc.webUrl(),
      fc.constantFrom(
        '',
        'about:blank',
        'about:srcdoc',
        'data:text/html,x',
        'file:///index.html',
        'app://evil/index.html',
      ),
      fc.stringMatching(/^[a-z./?]{1,10}$/).map((rest) => `${appPage}${rest}`),
    );
    const stranger = fc.oneof(
      fc.constant(null),
      url.map((foreign) => ({ url: foreign })),
      fc.constant({ parent: {} }),
      fc.integer({ min: 100_000 }).map((senderId) => ({ senderId })),
    );
    await fc.assert(
      fc.asyncProperty(fittingInput(name), stranger, async (input, frame) => {
        expect(await call(name, input, frame)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
        expect(handled).toEqual([]);
      }),
      runs,
    );
  });
});

test('what the contract does not list is refused, whatever it is called', async () => {
  const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'snapshot.get '];
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom(...inherited),
    fc.constantFrom(...methodNames).map((each) => each.toUpperCase()),
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(name, fc.anything()), async (unlisted) => {
      fc.pre(!methodNames.some((known) => known === unlisted));
      expect(await call(unlisted, {})).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
      expect(handled).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
