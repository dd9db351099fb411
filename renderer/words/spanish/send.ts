import type { sendWords as english } from '../english/send.ts';
import type { Formats } from '../formats.ts';

/** A text to a device. */
export function sendWords({ number }: Formats): ReturnType<typeof english> {
  return {
    title: 'Responder a este dispositivo',
    label: 'Mensaje que se enviará',
    to: (kind, id) => `a ${kind} ${id}`,
    button: 'Enviar',
    sending: 'Enviando…',
    request: 'Solicitud',
    waiting: 'Aceptado. La red aún no ha notificado la entrega.',
    count: (count) => `${number(count)} / 160`,
    over: (count) => `${number(count)} / 160: ThingSpace podría rechazarlo o cortarlo`,
    outside: (mark) => `«${mark}» no está en el alfabeto de 7 bits: el dispositivo podría recibir otra cosa`,
    noDevice: 'Este mensaje no nombra ningún dispositivo, así que no se puede responder.',
  };
}
