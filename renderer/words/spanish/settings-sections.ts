import type { settingsSectionWords as english } from '../english/settings-sections.ts';
import type { Formats } from '../formats.ts';

/** The sections of the settings that have more than a choice or two. */
export function settingsSectionWords({ number, count, date }: Formats): ReturnType<typeof english> {
  const range = (least: number, most: number): string => `${number(least)} a ${number(most)}`;
  const messages = { one: 'mensaje', other: 'mensajes' };
  return {
    loading: 'Preguntando a la aplicación qué está ajustado…',
    sections: {
      accounts: 'Cuentas',
      wayIn: 'Dirección pública',
      queue: 'Cola y conservación',
      notifications: 'Notificaciones',
      forwards: 'Reenvío',
      look: 'Aspecto',
      about: 'Acerca de',
    },
    add: 'Añadir',
    remove: 'Quitar',
    accounts: {
      none: 'Todavía no hay ninguna cuenta.',
      way: 'Los mensajes llegan',
      check: 'Comprobar',
      checking: 'Buscándola en ThingSpace…',
      seen: 'El usuario de la API ve esta cuenta.',
      seenOf: (organization) => `El usuario de la API ve esta cuenta de ${organization}.`,
      nobody: 'Nadie tiene ahora su callback.',
      ours: 'Esta aplicación tiene su callback.',
      other: (host) => `${host} tiene ahora su callback y recibe sus mensajes.`,
      credentials: 'Credenciales de ThingSpace',
    },
    wayIn: {
      hosts: 'Otros nombres de este equipo',
      hostsHint:
        'Para un proxy que cambia Host: nombres, separados por espacios, a los que pueden dirigirse los callbacks.',
    },
    queue: {
      sweep: 'Minutos entre dos lecturas mientras llegan callbacks',
      wrong: (least, most) => `Un número entero de ${range(least, most)}.`,
      hint: (least, most) => `De ${range(least, most)}.`,
      keep: 'Borrar los mensajes al cabo de tantos días',
      keepHint: 'Vacío: se conservan siempre.',
      counting: 'Contando…',
      nothing: 'Ningún mensaje guardado es tan antiguo ahora.',
      preview: (texts, oldest, newest) =>
        `${count(texts, messages)}, de ${date(oldest)} a ${date(newest)}, se borrarían de inmediato.`,
      deletes: (texts) => `Borrar ${count(texts, messages)} ahora, y así en adelante`,
    },
    notifications: {
      title: 'Notificaciones',
      mutes: 'Silenciado',
      noMutes: 'No hay nada silenciado.',
      everything: 'Todo',
      account: (name) => `Cuenta ${name}`,
      device: (id) => `Dispositivo ${id}`,
      until: (moment) => `hasta ${moment}`,
      always: 'hasta que usted lo retire',
      what: 'Silenciar',
      whats: { everything: 'Todo', account: 'Cuenta', device: 'Dispositivo' },
      which: { account: 'Cuenta', device: 'Cualquier identificador completo del dispositivo' },
      long: 'Durante',
      longs: { hour: '1 hora', shift: '8 horas', always: 'Hasta retirarlo' },
      mute: 'Silenciar',
      unmute: 'Dejar de silenciar',
      quiet: 'Horas de silencio',
      quietOn: 'Sin notificaciones a ciertas horas',
      from: 'De',
      to: 'A',
      timeWrong: 'La hora se escribe 22:00.',
      unless: 'Salvo que un mensaje coincida',
      unlessHint: 'Una búsqueda por línea, como ALARM o device:0042 low. Estos sí se notifican.',
      rules: 'Reglas',
      rulesHint: 'Decide la primera regla que encuentra el mensaje, antes que silencios y horas de silencio.',
      noRules: 'Ninguna regla.',
      search: 'Búsqueda',
      searchNeeded: 'Indique qué mensajes, por ejemplo ALARM.',
      notify: 'Notificar',
      notifies: { always: 'Siempre', never: 'Nunca' },
    },
    forwards: {
      intro:
        'Cada mensaje que encuentra una regla se envía a su destino, firmado, en orden por dispositivo, hasta que lo acepta.',
      none: 'No se reenvía nada.',
      url: 'Destino',
      urlHint: 'Por ejemplo http://localhost:3000/sms.',
      urlWrong: 'Dé una URL http o https, como http://localhost:3000/sms.',
      query: 'Qué mensajes',
      queryHint: 'En el lenguaje de búsqueda. Vacío: todos.',
      every: 'todos los mensajes',
      format: 'Como',
      formats: { original: 'El callback tal como llegó', cloudevents: 'Un CloudEvent' },
      anywhere: 'También a destinos fuera de este equipo y su red',
      anywhereHint: 'Los mensajes pueden ser personales. Fuera se exige https.',
    },
    about: {
      updates: 'Buscar versiones nuevas',
      updatesHint: 'La aplicación de escritorio pregunta antes de descargar nada.',
      updateKinds: { off: 'Nunca', stable: 'Estables', beta: 'Beta' },
    },
  };
}
