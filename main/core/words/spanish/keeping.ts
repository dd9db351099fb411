import type { Book } from '../say.ts';

/** The disk, the keychain, what is not trusted, and what is sent on. */
export const keepingSentences: Book = {
  'The disk is full: {path} could not be written. Free some space.':
    'El disco está lleno: no se pudo escribir {path}. Libere espacio.',
  '{path} may not be written. Check who owns the folder and its permissions.':
    'No se permite escribir {path}. Compruebe de quién es la carpeta y sus permisos.',
  '{path} could not be written ({code}).': 'No se pudo escribir {path} ({code}).',
  'The disk is full: texts cannot be stored until there is room.':
    'El disco está lleno: no se pueden guardar mensajes hasta que haya espacio.',
  'The folder of the message store cannot be written to.':
    'No se puede escribir en la carpeta del almacén de mensajes.',
  'There is such a file already.': 'Ya existe ese archivo.',
  'The message store is damaged.': 'El almacén de mensajes está dañado.',
  'Another program holds the message store.': 'Otro programa tiene el almacén de mensajes.',
  'The message store is closed.': 'El almacén de mensajes está cerrado.',
  'The message store failed.': 'El almacén de mensajes falló.',
  'The message store could not be read. It is kept as {path}, and a new one was begun. Texts that ThingSpace still holds are fetched again.':
    'No se pudo leer el almacén de mensajes. Se conserva como {path} y se empezó uno nuevo. Los mensajes que ThingSpace aún guarda se leen de nuevo.',
  'The settings could not be read. They are kept as {path}, and the defaults are in force.':
    'No se pudieron leer los ajustes. Se conservan como {path}, y rigen los predeterminados.',
  '{#count} texts older than you wanted to keep were deleted.':
    'Se borraron {#count} mensajes más antiguos de lo que usted quería conservar.',
  'One text older than you wanted to keep was deleted.':
    'Se borró un mensaje más antiguo de lo que usted quería conservar.',
  'The disk takes too long to store a text, so ThingSpace was told to keep it. Check what else uses the disk.':
    'El disco tarda demasiado en guardar un mensaje, así que se pidió a ThingSpace que lo conserve. Compruebe qué más usa el disco.',
  'What holds the callback could not be remembered on disk, so it was left untouched. Check that the data folder can be written.':
    'No se pudo anotar en el disco quién tiene el callback, así que no se tocó. Compruebe que se puede escribir en la carpeta de datos.',
  'There is no keychain, so the password of the callback that was displaced is kept in {path}, which only you may read. It is deleted when the callback is given back.':
    'No hay llavero, así que la contraseña del callback desplazado se guarda en {path}, que solo usted puede leer. Se borra al devolver el callback.',
  'Without one, credentials can be given for one run by the environment (THINGSPACE_APP_KEY, THINGSPACE_APP_SECRET, THINGSPACE_USERNAME, THINGSPACE_PASSWORD; for a tunnel THINGSPACE_TUNNEL_SECRET).':
    'Sin él, las credenciales pueden darse para una ejecución en el entorno (THINGSPACE_APP_KEY, THINGSPACE_APP_SECRET, THINGSPACE_USERNAME, THINGSPACE_PASSWORD; para un túnel THINGSPACE_TUNNEL_SECRET).',
  'Until then, credentials can be given for one run by the environment (THINGSPACE_APP_KEY, THINGSPACE_APP_SECRET, THINGSPACE_USERNAME, THINGSPACE_PASSWORD; for a tunnel THINGSPACE_TUNNEL_SECRET).':
    'Hasta entonces, las credenciales pueden darse para una ejecución en el entorno (THINGSPACE_APP_KEY, THINGSPACE_APP_SECRET, THINGSPACE_USERNAME, THINGSPACE_PASSWORD; para un túnel THINGSPACE_TUNNEL_SECRET).',
  'The keychain did not answer: it may be asking for its password in a window. Unlock it.':
    'El llavero no respondió: quizá pide su contraseña en una ventana. Desbloquéelo.',
  'The keychain does not give what is stored in it, so it is probably locked. Unlock it, or save again.':
    'El llavero no da lo que tiene guardado, así que probablemente está bloqueado. Desbloquéelo, o guarde de nuevo.',
  'No keychain can be used: its library is missing. On Debian and Ubuntu install libsecret-1-0 and gnome-keyring.':
    'No se puede usar ningún llavero: falta su biblioteca. En Debian y Ubuntu instale libsecret-1-0 y gnome-keyring.',
  'There is no keychain here, because there is no D-Bus session: this is usual on servers and over ssh.':
    'Aquí no hay llavero, porque no hay una sesión de D-Bus: es lo habitual en servidores y por ssh.',
  'No keychain is running. Install and start gnome-keyring, KWallet or KeePassXC.':
    'No hay ningún llavero en marcha. Instale e inicie gnome-keyring, KWallet o KeePassXC.',
  'Nothing of this app is left in the keychain.': 'En el llavero no queda nada de esta aplicación.',
  'Nothing of this app is left in the keychain but the password of the callback that {accounts} had before: it goes when that is put back (callbacks --restore).':
    'En el llavero solo queda de esta aplicación la contraseña del callback que tenían antes {accounts}: desaparece al restablecerlo.',
  'The password of the callback that {account} had before is no longer in the keychain, so that callback cannot be put back as it was. Register it anew from its own server.':
    'La contraseña del callback que tenía antes {account} ya no está en el llavero, así que ese callback no se puede restablecer como era. Regístrelo de nuevo desde su propio servidor.',
  'The password of the callback that {account} had before is no longer in {path}, so that callback cannot be put back as it was. Register it anew from its own server.':
    'La contraseña del callback que tenía antes {account} ya no está en {path}, así que ese callback no se puede restablecer como era. Regístrelo de nuevo desde su propio servidor.',
  'The keychain is locked. Unlock it.': 'El llavero está bloqueado. Desbloquéelo.',
  'The keychain did not do what was asked ({why}). Unlock it, or restart it.':
    'El llavero no hizo lo que se le pidió ({why}). Desbloquéelo, o reinícielo.',
  'The request names the host {host}, which is not in the settings.':
    'La petición nombra el servidor {host}, que no está en los ajustes.',
  'The request asks for another protocol.': 'La petición pide otro protocolo.',
  'The content type is {type}, not application/json.': 'El tipo de contenido es {type}, no application/json.',
  'The body is compressed or encoded.': 'El cuerpo está comprimido o codificado.',
  'The body is longer than {#bytes} bytes.': 'El cuerpo tiene más de {#bytes} bytes.',
  'The body nests deeper than {#levels} levels.': 'El cuerpo anida más de {#levels} niveles.',
  'The body is not JSON.': 'El cuerpo no es JSON.',
  'The body is no JSON object.': 'El cuerpo no es un objeto JSON.',
  'It could not be handled: {why}': 'No se pudo tratar: {why}',
  'A connection could not be taken: {why}': 'No se pudo aceptar una conexión: {why}',
  'The user name or password in it is not the one that was registered.':
    'El usuario o la contraseña que contiene no son los que se registraron.',
  'It is neither a text nor a delivery report.': 'No es ni un mensaje ni un aviso de entrega.',
  'The endpoint answered 410: it is gone.': 'El destino respondió 410: ya no existe.',
  'The endpoint sends elsewhere ({status}), which is not followed.':
    'El destino remite a otro lugar ({status}), y no se sigue.',
  'The endpoint answered {status}.': 'El destino respondió {status}.',
  'The endpoint cannot be reached ({code}).': 'No se puede llegar al destino ({code}).',
  'Texts are forwarded to {host} again.': 'Los mensajes se reenvían de nuevo a {host}.',
  'A text could not be forwarded to {host}: {*why} It is kept and tried again.':
    'No se pudo reenviar un mensaje a {host}: {*why} Se conserva y se reintenta.',
  '{address} is no address in its usual form. Write it as four numbers, such as 127.0.0.1.':
    '{address} no es una dirección en su forma habitual. Escríbala con cuatro números, por ejemplo 127.0.0.1.',
  '{host} leads outside this computer and its network. Allow that with --forward-anywhere (https only), or in the settings.':
    '{host} lleva fuera de este equipo y de su red. Permítalo en los ajustes, en «Reenvío» (solo https).',
  'The URL of the endpoint cannot be read.': 'No se puede leer la URL del destino.',
  'What this app remembered could not be read and begins anew; it is kept as {paths}.':
    'No se pudo leer lo que esta aplicación recordaba, y empieza de nuevo; se conserva como {paths}.',
  'If a callback had been taken over, it is not given back by itself: look with `callbacks --account NAME`, and register it anew from its own server.':
    'Si se había tomado un callback, no se devuelve automáticamente: compruebe la cuenta en los ajustes, y regístrelo de nuevo desde su propio servidor.',
  'This export is over. Begin it again.': 'Esta exportación ya terminó. Empiécela de nuevo.',
  'Texts are exported from a window, or by the terminal.':
    'Los mensajes se exportan desde una ventana o con el terminal.',
  'The browser ended the download. Nothing whole was saved; begin it again.':
    'El navegador terminó la descarga. No se guardó nada completo; empiécela de nuevo.',
  '{path} cannot be written: {*why}. Nothing is left there.':
    'No se puede escribir {path}: {*why}. Allí no queda nada.',
  '{path} is no ordinary file. Leave --output out and redirect the output there instead.':
    '{path} no es un archivo corriente. Elija otro lugar.',
  'the disk is full': 'el disco está lleno',
  'it is no folder': 'no es una carpeta',
  'it cannot be made there': 'no se puede crear ahí',
  'it may not be written': 'no se permite escribir en ella',
  'The data folder {directory} cannot be used: {*why}.': 'No se puede usar la carpeta de datos {directory}: {*why}.',
  'Check that it exists and may be written, or give another with --data-dir.':
    'Compruebe que existe y que se puede escribir en ella.',
  'the disk quota is used up': 'la cuota de disco está agotada',
  'it may not be written to': 'no se permite escribir en él',
  'the disk can only be read': 'el disco es de solo lectura',
  'its folder does not exist': 'su carpeta no existe',
  'The text was deleted.': 'El mensaje se borró.',
  'A text could not be forwarded to {host} and is parked: {*why} Send it again with "replay".':
    'No se pudo reenviar un mensaje a {host} y queda apartado: {*why} Ábralo para enviarlo de nuevo.',
  'Nothing more is forwarded to {host}: {*why}': 'Ya no se reenvía nada a {host}: {*why}',
  'Texts are not forwarded: {*why}': 'Los mensajes no se reenvían: {*why}',
  'This text was not forwarded yet. Say where it goes with --to URL.':
    'Este mensaje aún no se ha reenviado. Indique adónde va.',
  'This is no http or https URL. Give one such as http://localhost:3000/sms.':
    'Esta no es una URL http o https. Indique una como http://localhost:3000/sms.',
  'Give an http or https URL, such as http://localhost:3000/sms.':
    'Indique una URL http o https, por ejemplo http://localhost:3000/sms.',
  'Take the user name out of the URL: each request is signed instead.':
    'Quite el nombre de usuario de la URL: en su lugar se firma cada petición.',
  '{host} is outside this computer and its network. Allow that with --forward-anywhere, or in the settings.':
    '{host} está fuera de este equipo y de su red. Permítalo en los ajustes, en «Reenvío».',
  'Texts go to {host} by https only.': 'Los mensajes van a {host} solo por https.',
};
