import { expect, test } from 'vitest';
import type { Happening } from '../../main/services/core.ts';
import { createDemoSwitch } from '../../main/services/demo-switch.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import { defaultSettings } from '../../preload/contract/settings.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { createFakeCore } from '../desktop/fake-core.ts';

function place() {
  const own = createFakeCore();
  const demo = createFakeCore();
  own.chosen = { ...defaultSettings, theme: 'dark', keepDays: 3 };
  demo.finishStop();
  own.finishStop();
  let opened = 0;
  const core = createDemoSwitch({
    own,
    openDemo: async () => {
      opened += 1;
      return ok(demo);
    },
  });
  const snapshots: Snapshot[] = [];
  const happenings: Happening[] = [];
  core.onSnapshot((snapshot) => snapshots.push(snapshot));
  core.onHappening((happening) => happenings.push(happening));
  const ask = (name: string, input: unknown = {}) => core.router.handle('window', name, input);
  return { own, demo, core, ask, snapshots, happenings, opened: () => opened };
}

test('the demo is shown in the place of the own accounts and left again; numbers of snapshots only grow', async () => {
  const { own, demo, core, ask, snapshots } = place();
  for (let times = 0; times < 40; times += 1) own.show({});
  expect(core.snapshot()).toMatchObject({ number: 41, demo: 'offered' });
  demo.show({ sentence: 'The demo listens.', simulated: true });
  await ask('demo.enter');
  expect(demo.started).toBe(1);
  expect(snapshots.at(-1)).toMatchObject({ sentence: 'The demo listens.', demo: 'shown' });
  demo.show({ sentence: 'A text came.' });
  own.show({ sentence: 'Not shown now.' });
  expect(snapshots.at(-1)).toMatchObject({ sentence: 'A text came.', demo: 'shown' });
  expect(await ask('snapshot.get')).toEqual(ok(core.snapshot()));
  await ask('demo.leave');
  expect(demo.stopped).toBe(1);
  expect(snapshots.at(-1)).toMatchObject({ sentence: 'Not shown now.', demo: 'offered' });
  own.show({});
  const numbers = snapshots.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
});

test('calls and happenings go to and come from what is shown; the look is taken along, the rest is not', async () => {
  const { own, demo, ask, happenings } = place();
  await ask('demo.enter');
  const note = (text: string): Happening => ({ type: 'note', account: null, text });
  own.happen(note('of the own accounts'));
  demo.happen(note('of the demo'));
  expect(happenings).toEqual([note('of the demo')]);
  await ask('inbox.page', { limit: 1 });
  expect(demo.calls).toContainEqual(['window', 'inbox.page', { limit: 1 }]);
  expect(own.calls).toEqual([]);
  expect(demo.chosen).toMatchObject({ theme: 'dark', keepDays: null });
});

test('in the demo nothing reaches the keychain or the accounts, and why is said', async () => {
  const { own, demo, ask } = place();
  await ask('demo.enter');
  demo.calls.length = 0;
  for (const name of [
    'account.add',
    'credentials.save',
    'credentials.clear',
    'tunnel.saveSecret',
    'tunnel.clearSecret',
  ])
    expect(await ask(name)).toMatchObject({ ok: false, error: { message: expect.stringContaining('Leave it first') } });
  expect([...demo.calls, ...own.calls]).toEqual([]);
});

test('asked for twice at once it is opened once, and a terminal cannot ask', async () => {
  const { own, demo, core, ask, opened } = place();
  expect(await Promise.all([ask('demo.enter'), ask('demo.enter')])).toEqual([ok({}), ok({})]);
  expect([opened(), demo.started]).toEqual([1, 1]);
  await ask('demo.leave');
  await core.router.handle('terminal', 'demo.enter', {});
  expect(own.calls).toContainEqual(['terminal', 'demo.enter', {}]);
  expect(opened()).toBe(1);
});

test('a demo that cannot be opened is told, and the own accounts stay', async () => {
  const own = createFakeCore();
  const failure = { code: 'storage-failed', message: 'No room.', service: null } as const;
  const core = createDemoSwitch({ own, openDemo: async () => fail(failure) });
  expect(await core.router.handle('window', 'demo.enter', {})).toEqual(fail(failure));
  expect(core.snapshot().demo).toBe('offered');
});

test('stopping ends both, also while the demo is being opened', async () => {
  const { own, demo, core, ask } = place();
  const entering = ask('demo.enter');
  await core.stop();
  await entering;
  expect([own.stopped, demo.stopped, demo.started]).toEqual([1, 1, 0]);
});
