import type { accountWords as englishAccount, unverifiedWords as englishUnverified } from '../english/accounts.ts';
import type { Formats } from '../formats.ts';

/** The accounts of the rail, and what is asked about them. */
export function accountWords({ number, count: counted, form }: Formats): ReturnType<typeof englishAccount> {
  return {
    start: 'Iniciar los callbacks',
    asked: 'solicitado…',
    started: (at) => `ThingSpace inició los callbacks a las ${at}.`,
    notStarted: (at) =>
      `ThingSpace respondió a las ${at} que los callbacks no se iniciaron. Los mensajes se leen de la cola.`,
    cannotStart:
      'Los callbacks se pueden iniciar cuando esta aplicación tenga el callback de la cuenta y haya iniciado sesión.',
    menu: (name) => `Más sobre ${name}`,
    drain: 'Leer la cola ahora',
    takeOut: 'Sacar de la cola lo que espera',
    draining: 'Leyendo la cola…',
    drained: (fetched, stored) =>
      fetched === 0
        ? 'La cola está vacía.'
        : `${counted(fetched, { one: 'mensaje leído', many: 'de mensajes leídos', other: 'mensajes leídos' })}, ${counted(stored, { one: 'nuevo', other: 'nuevos' })}.`,
    stop: 'Detener',
    resume: 'Reanudar',
    takeOver: 'Tomar el callback…',
    remove: 'Quitar…',
    none: 'No hay cuentas',
    noText: 'ningún mensaje aún',
    lastText: (age) => `último mensaje: ${age}`,
    unread: (count) => `${number(count)} sin leer`,
    fetching: 'Leyendo la cola',
    looking: 'Solo mirando',
    caughtUp: (count) => `${number(count)} ${form(count, { one: 'leído', other: 'leídos' })}`,
    add: 'Añadir una cuenta',
    addAnyway: 'Añadirla de todos modos',
    addTitle: 'Añadir una cuenta',
    name: 'Cuenta',
    nameHint: 'Como la escribe ThingSpace, por ejemplo 0000123456-00001. Los ceros iniciales se conservan.',
    nameWrong:
      'El nombre de una cuenta tiene de 1 a 64 caracteres, sin barras ni espacios, por ejemplo 0000123456-00001.',
    isThere: (name) => `${name} ya está en la lista. Cómo llegan sus mensajes se elige en los ajustes.`,
    way: 'Los mensajes llegan',
    ways: {
      auto: { name: 'Por callback y de la cola', meaning: 'no se pierde nada' },
      callback: { name: 'Solo por callback', meaning: 'la cola no se toca' },
      poll: { name: 'Solo de la cola', meaning: 'no hace falta una dirección pública' },
      peek: { name: 'Solo mirar', meaning: 'no se saca nada de la cola' },
    },
    takeOverTitle: '¿Tomar el callback?',
    takeOverBody: (name, holder) =>
      `${holder} tiene ahora el callback de ${name} y recibe sus mensajes. Después llegarán aquí, y ya no allí. La dirección anterior se restablece al salir de esta aplicación.`,
    someone: 'Otro servidor',
    takeOverYes: 'Tomarlo',
    removeTitle: '¿Quitar la cuenta?',
    removeBody: (name) =>
      `Se deja de escuchar ${name}. Los mensajes guardados se quedan. Puede volver a añadirla cuando quiera.`,
    removeYes: 'Quitar',
  };
}

/** What reached the listener and is not trusted. */
export function unverifiedWords({ number }: Formats): ReturnType<typeof englishUnverified> {
  return {
    button: (count) => `${number(count)} sin verificar`,
    title: 'Sin verificar',
    body: 'Esto llegó al receptor sin demostrar que lo envió ThingSpace. Se guarda aparte de los mensajes.',
    none: 'Nada.',
  };
}
