import type { developerWords as english } from '../english/developers.ts';
import type { Formats } from '../formats.ts';

/** What texts are sent on to, and the check of each hop. */
export function developerWords({ count }: Formats): ReturnType<typeof english> {
  return {
    sentOn: 'Reenvíos',
    state: { pending: 'se intenta de nuevo', delivered: 'aceptado', parked: 'abandonado', stopped: 'detenido' },
    replayState: {
      pending: 'se intenta de nuevo',
      delivered: 'reenviado a mano',
      parked: 'no aceptado',
      stopped: 'detenido',
    },
    tries: (tries) => count(tries, { one: 'intento', many: 'de intentos', other: 'intentos' }),
    again: 'Enviar otra vez',
    elsewhere: 'Enviar a un destino…',
    url: 'Destino',
    urlHint: 'Su propio programa, como http://localhost:3000/sms. Se le indica que es una repetición.',
    text: 'Texto, si es otro que el del dispositivo',
    send: 'Enviar',
    sent: (status) => `El destino lo aceptó (${status}).`,
    check: {
      title: 'Comprobar cada paso',
      intro: 'De este equipo a ThingSpace y de vuelta. No se cambia nada, y se inicia sesión como mucho una vez.',
      running: 'Comprobando…',
      again: 'Comprobar de nuevo',
      outcome: { pass: 'Funciona', fail: 'Falla', 'not-tried': 'No se probó' },
      hop: {
        node: 'Este programa',
        'data-dir': 'Almacenamiento',
        clock: 'Reloj',
        keychain: 'Llavero',
        dns: 'Nombre del servicio',
        tls: 'Conexión',
        oauth: 'Clave de aplicación',
        session: 'Inicio de sesión',
        account: 'Cuenta',
        registration: 'Registro del callback',
        listener: 'Escucha local',
        tunnel: 'Dirección pública',
        'public-probe': 'Prueba a través de internet',
        'port-rule': 'Puerto',
        queue: 'Cola',
      },
    },
  };
}
