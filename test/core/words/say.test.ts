import { describe, expect, test } from 'vitest';
import { createLanguages } from '../../../main/core/words/language.ts';
import { createSay } from '../../../main/core/words/say.ts';

const say = createSay(
  {
    'It works.': 'Funciona.',
    'Through {origin}.': 'A través de {origin}.',
    'It is tried again.': 'Se reintenta.',
    'Port {port} is taken.': 'El puerto {port} está ocupado.',
    '{#count} texts wait.': 'Esperan {#count} mensajes.',
    'Not done: {*why}': 'No se hizo: {*why}',
    'Another server holds {account} ({holder}).': 'Otro servidor tiene {account} ({holder}).',
  },
  'es-ES',
);

describe('a sentence of the core', () => {
  test.each([
    ['It works.', 'Funciona.'],
    ['Port 9001 is taken.', 'El puerto 9001 está ocupado.'],
    ['12,345 texts wait.', 'Esperan 12.345 mensajes.'],
    ['Not done: Port 80 is taken.', 'No se hizo: El puerto 80 está ocupado.'],
    ['Not done: EACCES', 'No se hizo: EACCES'],
    ['Another server holds 00-1 (b.example).', 'Otro servidor tiene 00-1 (b.example).'],
    ['Another server holds 00-1 (Mr. B).', 'Otro servidor tiene 00-1 (Mr. B).'],
  ])('is said whole: %s', (english, spanish) => expect(say(english)).toBe(spanish));

  test.each([
    ['It works. It is tried again.', 'Funciona. Se reintenta.'],
    ['00-1: Port 80 is taken. It is tried again.', '00-1: El puerto 80 está ocupado. Se reintenta.'],
    ['Through a.b. It works.', 'A través de a.b. Funciona.'],
    ['Port 80 is taken. Word of mouth. It works.', 'El puerto 80 está ocupado. Word of mouth. Funciona.'],
  ])('is said piece by piece: %s', (english, spanish) => expect(say(english)).toBe(spanish));

  test.each(['', 'Something else', 'Errno 7: (x', '$& {port} \\1'])('that is not known stays as it is: %s', (english) =>
    expect(say(english)).toBe(english),
  );

  test('is said in time though it is long and hostile', () => {
    const long = `Another server holds ${'((. '.repeat(500)}`;
    const started = performance.now();
    expect(say(long)).toBe(long);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('the language', () => {
  const languages = createLanguages();
  const paused = 'Paused. Texts wait in the queue at ThingSpace.';
  const spanish = 'En pausa. Los mensajes esperan en la cola de ThingSpace.';
  test.each([
    ['system', ['es-MX', 'en'], spanish],
    ['system', ['de', 'es'], spanish],
    ['system', ['en-US', 'es'], paused],
    ['system', [], paused],
    ['es', ['en-US'], spanish],
    ['en', ['es'], paused],
  ] as const)('of %s for one who prefers %j', (choice, preferred, said) => {
    expect(languages(choice, preferred)(paused)).toBe(said);
  });

  test('in English sends nobody from a window to the terminal, and changes nothing else', () => {
    const english = languages('en', []);
    const token = 'ngrok needs an authtoken. Store yours with "tunnels secret ngrok".';
    expect(english(`${token} (ERR_NGROK_4018)`)).toBe(
      'ngrok needs an authtoken. Enter yours in the settings, under Public address. (ERR_NGROK_4018)',
    );
    expect(english('Port 9001 is taken: 1,234 x. Then: y')).toBe('Port 9001 is taken: 1,234 x. Then: y');
  });
});
