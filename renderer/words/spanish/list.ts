import type { listWords as english } from '../english/list.ts';
import type { Formats } from '../formats.ts';

/** The list of texts, its search, and what stands in its place. */
export function listWords({ number, count: counted, form }: Formats): ReturnType<typeof english> {
  return {
    name: 'Mensajes',
    search: 'Buscar mensajes',
    clear: 'Borrar la búsqueda',
    time: 'Hora',
    device: 'Dispositivo',
    text: 'Mensaje',
    account: 'Cuenta',
    marks: 'Vino por',
    live: 'Siguiendo',
    held: 'En pausa',
    holdShort: 'Pausar la lista',
    followShort: 'Seguir los mensajes más recientes',
    hold: 'Pausar la lista (Espacio)',
    follow: 'Seguir los mensajes más recientes (Espacio)',
    fresh: (count) => counted(count, { one: 'nuevo', other: 'nuevos' }),
    freshTold: (count) =>
      `${counted(count, { one: 'mensaje nuevo', many: 'de mensajes nuevos', other: 'mensajes nuevos' })}.`,
    total: (count) => counted(count, { one: 'mensaje', many: 'de mensajes', other: 'mensajes' }),
    found: (count) => `${number(count)} ${form(count, { one: 'encontrado', other: 'encontrados' })}`,
    loading: 'Cargando los mensajes…',
    failed: 'No se pudieron leer los mensajes.',
    star: 'Destacar este mensaje',
    unstar: 'Quitar la estrella',
    starred: 'destacado',
    unread: 'sin leer',
    lanes: { callback: 'recibido por callback', history: 'leído de la cola' },
    saved: {
      button: 'Búsquedas guardadas',
      nothing: 'Busque algo para guardarlo',
      keep: 'Guardar esta búsqueda',
      forget: 'Olvidar esta búsqueda',
    },
    noAccount: {
      title: 'Aún no hay cuentas',
      body: 'Añada la cuenta de ThingSpace cuyos dispositivos quiere escuchar. Su número es como 0000123456-00001.',
      action: 'Añadir una cuenta',
    },
    empty: {
      title: 'Aún no hay mensajes',
      body: 'Un mensaje aparece aquí en cuanto un dispositivo lo envía. Haga que un dispositivo escriba a este número:',
      simulated:
        'Los dispositivos del simulador envían por sí solos; el primer mensaje tarda unos segundos. Un dispositivo real debe escribir a este número:',
    },
    noHit: {
      title: 'No se encontró nada',
      unverified:
        'Lo que no está verificado se guarda aparte y nunca está entre los mensajes. «Sin verificar», al pie de las cuentas, lo muestra.',
      noneUnverified:
        'Lo que no está verificado se guarda aparte y nunca está entre los mensajes. No se ha guardado nada de ese tipo.',
      misread: (written) => `«${written}» no es una condición de búsqueda: se busca como palabras corrientes.`,
      body: 'Ningún mensaje guardado coincide con esta búsqueda. Los nuevos que coincidan aparecerán aquí.',
    },
  };
}
