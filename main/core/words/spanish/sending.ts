import type { Book } from '../say.ts';

/** What became of texts to devices, and of the answers that are waited for. */
export const sendingSentences: Book = {
  '"{value}" holds no word to look for.': '«{value}» no contiene ninguna palabra que buscar.',
  'The command did not reach the device, so no answer can come.':
    'La orden no llegó al dispositivo, así que no puede venir ninguna respuesta.',
  'The device could not be reached within its time, so the network deleted the text.':
    'No se pudo llegar al dispositivo dentro del plazo, así que la red borró el mensaje.',
  'The network could not send it to the device.': 'La red no pudo enviarlo al dispositivo.',
  'The answer came after {#seconds} s; {#given} s were given.':
    'La respuesta llegó a los {#seconds} s; el plazo era de {#given} s.',
  'No such answer came within {#seconds} s.': 'No llegó ninguna respuesta así en {#seconds} s.',
  'No such text came within {#seconds} s.': 'No llegó ningún mensaje así en {#seconds} s.',
  'Waiting for the answer was stopped.': 'Se dejó de esperar la respuesta.',
  'It is not known whether ThingSpace took the text. Look whether the device answers before you send it again.':
    'No se sabe si ThingSpace aceptó el mensaje. Mire si el dispositivo responde antes de enviarlo de nuevo.',
  'ThingSpace asks for fewer requests and did not take the text. Send it again in a while.':
    'ThingSpace pide menos peticiones y no aceptó el mensaje. Envíelo de nuevo dentro de un rato.',
  'ThingSpace could not be reached, so the text was not sent. Check the network, then send it again.':
    'No se pudo llegar a ThingSpace, así que el mensaje no se envió. Compruebe la red y envíelo de nuevo.',
  'ThingSpace did not take the text, and gives no reason that helps. Send it again in a while.':
    'ThingSpace no aceptó el mensaje y no da un motivo que ayude. Envíelo de nuevo dentro de un rato.',
  'The app could not sign in to ThingSpace, so the text was not sent. Check the network, then send it again.':
    'La aplicación no pudo iniciar sesión en ThingSpace, así que el mensaje no se envió. Compruebe la red y envíelo de nuevo.',
  'The run was stopped here.': 'La secuencia se detuvo aquí.',
  'The app ended during this step.': 'La aplicación terminó durante este paso.',
  '"{name}" runs already. Wait for its end, or stop it.':
    '«{name}» ya está en marcha. Espere a que acabe, o deténgalo.',
  'Nothing was reported of it, and ThingSpace does not know the request any more.':
    'No se notificó nada de él, y ThingSpace ya no conoce la solicitud.',
  'ThingSpace still calls it pending after the time in which it tries, so it tries no more.':
    'ThingSpace aún lo da por pendiente pasado el plazo en que lo intenta, así que ya no lo intenta.',
  'There is no sent text with the number {id}.': 'No hay ningún mensaje enviado con el número {id}.',
  'That bench does not run (any more).': 'Ese banco de pruebas no está (ya) en marcha.',
  'This app ended before ThingSpace answered, so it is not known whether the text was taken. Look whether the device answers before you send it again.':
    'Esta aplicación terminó antes de que ThingSpace respondiera, así que no se sabe si aceptó el mensaje. Mire si el dispositivo responde antes de enviarlo de nuevo.',
  'Nothing was sent.': 'No se envió nada.',
  '{encoding} does not hold the character "{character}". Take it out, or choose another encoding.':
    '{encoding} no contiene el carácter «{character}». Quítelo, o elija otra codificación.',
  'The text takes {#used} {*unit} in {encoding}, and one SMS holds {#limit}. Shorten it.':
    'El mensaje ocupa {#used} {*unit} en {encoding}, y en un SMS caben {#limit}. Acórtelo.',
  'places of seven bits': 'posiciones de siete bits',
  'The expression {pattern} is too large: use fewer and smaller counts in braces.':
    'La expresión {pattern} es demasiado grande: use menos repeticiones entre llaves, y menores.',
  'The regular expression cannot be used: {why}.': 'La expresión regular no se puede usar: {why}.',
  'A step sends, expects, or both.': 'Un paso envía, espera, o ambas cosas.',
  'Say what the answer must hold.': 'Indique qué debe contener la respuesta.',
};
