import { describe, expect, test } from 'vitest';
import { createSpeakCore } from '../../main/services/spoken-core.ts';
import { methods } from '../../preload/contract/methods.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { createFakeCore } from '../desktop/fake-core.ts';
import { sampleAccount, sampleMessage } from '../fakes/samples.ts';

const english = 'Paused. Texts wait in the queue at ThingSpace.';
const spanish = 'En pausa. Los mensajes esperan en la cola de ThingSpace.';
const problem = {
  code: 'keychain-locked',
  message: 'The keychain is locked. Unlock it.',
  account: null,
  service: null,
} as const;
const unlocked = 'El llavero está bloqueado. Desbloquéelo.';

function paused(): Partial<Snapshot> {
  return {
    sentence: english,
    action: { kind: 'resume', label: 'Resume' },
    problems: [problem],
    accounts: [sampleAccount({ sentence: english, problem })],
  };
}

function spoken(preferred: readonly string[]) {
  const core = createFakeCore();
  return { core, face: createSpeakCore()(core, preferred) };
}

describe('the core speaks the person’s language', () => {
  test('in every sentence of a snapshot, told or asked for', () => {
    const { core, face } = spoken(['es-ES']);
    const told: Snapshot[] = [];
    face.onSnapshot((snapshot) => told.push(snapshot));
    core.show(paused());
    for (const snapshot of [told[0], face.snapshot()])
      expect(snapshot).toMatchObject({
        sentence: spanish,
        action: { label: 'Reanudar' },
        problems: [{ message: unlocked }],
        accounts: [{ sentence: spanish, problem: { message: unlocked } }],
      });
    expect(core.snapshot().sentence).toBe(english);
  });

  test('from the moment that another is chosen', () => {
    const { core, face } = spoken(['en-US']);
    core.show(paused());
    expect(face.snapshot().sentence).toBe(english);
    core.chosen = { ...core.chosen, language: 'es' };
    expect(face.snapshot().sentence).toBe(spanish);
    expect(face.say('Quit')).toBe('Salir');
  });

  test('in what a call answers, and in why it fails', async () => {
    const { core, face } = spoken(['es']);
    core.answers.set('credentials.state', ok({ state: 'locked', sentence: problem.message }));
    core.answers.set('account.drain', fail(problem));
    core.answers.set(
      'timeline.page',
      ok({
        entries: [
          { at: '2026-01-01T00:00:00.000Z', account: null, kind: 'state', text: `needs-you: ${problem.message}` },
          { at: '2026-01-01T00:00:00.000Z', account: null, kind: 'state', text: 'live' },
          {
            at: '2026-01-01T00:00:00.000Z',
            account: null,
            kind: 'gap',
            text: 'Caught up: 1,214 fetched from the queue, 0 pending.',
          },
        ],
      }),
    );
    const ask = (name: string) => face.router.handle('window', name, {});
    expect(await ask('credentials.state')).toMatchObject({ value: { sentence: unlocked } });
    expect(await ask('account.drain')).toMatchObject({ error: { code: 'keychain-locked', message: unlocked } });
    const answer = await ask('timeline.page');
    const { entries } = methods['timeline.page'].output.parse(answer.ok ? answer.value : null);
    expect(entries.map(({ text }) => text)).toEqual([
      `needs-you: ${unlocked}`,
      'live',
      'Al día: 1214 leídos de la cola, 0 pendientes.',
    ]);
  });

  test('and never touches what a device wrote', async () => {
    const { core, face } = spoken(['es']);
    const value = { messages: [sampleMessage(1, { text: english })], total: 1 };
    core.answers.set('inbox.page', ok(value));
    expect(await face.router.handle('window', 'inbox.page', {})).toEqual(ok(value));
  });
});
