import type { detailWords as english } from '../english/detail.ts';
import type { Formats } from '../formats.ts';

/** One text with all that is known of it. */
export function detailWords({ count: counted, number, form }: Formats): ReturnType<typeof english> {
  return {
    name: 'Mensaje',
    close: 'Cerrar este mensaje',
    account: 'Cuenta',
    received: 'Recibido aquí',
    platform: 'Hora de ThingSpace',
    answered: 'Respondido',
    notAnswered: 'no por callback, o aún no se sabe',
    fetched: 'Leído de la cola',
    fetchedAt: (at, acknowledged) =>
      acknowledged === null ? `${at}; aún sin confirmar a ThingSpace` : `${at}; confirmado ${acknowledged}`,
    noPlatform: 'no indicada',
    lanesTitle: 'Vía',
    lanes: {
      callback: 'Recibido por callback.',
      history: 'Leído de la cola de la cuenta.',
      both: 'Recibido por callback y encontrado también en la cola de la cuenta. Guardado una sola vez.',
      none: 'Desconocida.',
    },
    rawCallback: 'Callback tal como llegó',
    rawHistory: 'Elemento de la cola tal como llegó',
    copyText: 'Copiar como texto',
    copyJson: 'Copiar como JSON',
    copy: (what) => `Copiar: ${what}`,
    copyCurl: 'Copiar como curl',
    copyLink: 'Copiar el enlace',
    rest: (count) =>
      form(count, {
        one: `Mostrar ${number(count)} carácter más`,
        many: `Mostrar ${number(count)} de caracteres más`,
        other: `Mostrar ${number(count)} caracteres más`,
      }),
    empty: 'Este mensaje está vacío.',
    loading: 'Cargando…',
    decoded: {
      json: 'JSON',
      hex: (bytes) => `Hexadecimal, ${counted(bytes, { one: 'byte', many: 'de bytes', other: 'bytes' })}`,
      ucs2: 'UCS-2',
      gsm7: 'GSM, septetos empaquetados',
      base64: 'Base64',
      pairs: 'Valores',
      nmea: 'Sentencias NMEA',
      positions: 'Posición',
      more: (count) => `y ${counted(count, { one: 'lugar más', many: 'de lugares más', other: 'lugares más' })}`,
      plot: (place) => `Cuadrícula de grados; el último lugar es ${place}`,
      hemispheres: ['N', 'S', 'E', 'O'],
    },
    parts: {
      title: (have, total) =>
        `Unido a partir de ${number(have)} de ${counted(total, { one: 'parte', other: 'partes' })}`,
      hole: (place) => `falta la parte ${number(place)}`,
    },
    link: {
      title: 'Un enlace de un dispositivo',
      body: (host) => `Lleva a ${host}. Lo escribió quien envió el mensaje; esta aplicación no sabe qué hay allí.`,
      copy: 'Copiar el enlace',
      open: 'Abrir en otra pestaña',
    },
  };
}
