import type { Book } from '../say.ts';

/** What is found on each hop between a device's text and this computer (core/examination.ts). */
export const examinationSentences: Book = {
  'Node {version} is too old.': 'Node {version} es demasiado antiguo.',
  'Install Node {#version} or newer.': 'Instale Node {#version} o posterior.',
  'It runs in {program} on {system}.': 'Funciona en {program} en {system}.',
  'The service did not say what time it is.': 'El servicio no dijo qué hora es.',
  'This computer and the service agree on the time.': 'Este equipo y el servicio coinciden en la hora.',
  'The clock of this computer is {#seconds} s ahead of the service.':
    'El reloj de este equipo va {#seconds} s por delante del servicio.',
  'The clock of this computer is {#seconds} s behind the service.':
    'El reloj de este equipo va {#seconds} s por detrás del servicio.',
  'Let the system set the time by itself.': 'Deje que el sistema ajuste la hora automáticamente.',
  'Run "thingspace-sms login", or give all four THINGSPACE_ variables.':
    'Introduzca las credenciales en «Credenciales».',
  'Run "thingspace-sms login", or give all four THINGSPACE_ variables for one run.':
    'Introduzca las credenciales en «Credenciales».',
  'Start a keychain, or give all four THINGSPACE_ variables for one run.':
    'Inicie un llavero y luego introduzca las credenciales.',
  'Unlock the keychain, or give all four THINGSPACE_ variables.': 'Desbloquee el llavero.',
  'Compare the credentials with those in ThingSpace. After five refusals it locks the user.':
    'Compare las credenciales con las de ThingSpace. Al quinto rechazo bloquea al usuario.',
  'Check the account name with its leading zeros, and what the API user may see.':
    'Compruebe el nombre de la cuenta con sus ceros iniciales, y qué puede ver el usuario de la API.',
  'Wait; fewer programs should share this API user.':
    'Espere; menos programas deberían compartir este usuario de la API.',
  'Try again later.': 'Reintente más tarde.',
  'Nothing listens now. Run this while "listen", "serve" or the tray app runs.':
    'Ahora no escucha nada. Ejecute esto mientras esté en marcha «listen», «serve» o la aplicación de la bandeja.',
  'Port {port} on this computer is open.': 'El puerto {port} de este equipo está abierto.',
  'Give another --port, or end the program that has it.':
    'Elija otro puerto local en los ajustes, en «Dirección pública», o termine el programa que lo tiene.',
  'There is a public URL.': 'Hay una URL pública.',
  'Correct the public URL or the tunnel, or use --mode poll.':
    'Corrija la URL pública o el túnel en los ajustes, en «Dirección pública», o haga que la cuenta solo se lea de la cola.',
  'There is neither a public URL nor a tunnel: texts are fetched from the queue.':
    'No hay ni una URL pública ni un túnel: los mensajes se leen de la cola.',
  'A signed nonce came back through the public URL.': 'Una pregunta firmada volvió a través de la URL pública.',
  'Point the public URL at the port of the listener.': 'Dirija la URL pública al puerto del receptor.',
  'It is being tried.': 'Se está probando.',
  'There is no public URL to be tried.': 'No hay una URL pública que probar.',
  'There is no public URL.': 'No hay una URL pública.',
  'ThingSpace calls such an address.': 'ThingSpace llama a una dirección así.',
  'Use https, or http on port 80, on a port that ThingSpace calls and a public host.':
    'Use https, o http en el puerto 80, en un puerto al que ThingSpace llame y un servidor público.',
  'It was proven empty.': 'Se comprobó que está vacía.',
  'It is being fetched: {#count} so far.': 'Se está leyendo: {#count} hasta ahora.',
  'It was not looked at yet.': 'Aún no se ha mirado.',
  'One text waits in it.': 'Espera en ella un mensaje.',
  'Texts can be stored.': 'Se pueden guardar mensajes.',
  'Make room on the disk, or give another --data-dir.': 'Libere espacio en el disco.',
  'The name of the service is found.': 'El nombre del servicio se encuentra.',
  'The name of the service cannot be found ({code}).': 'No se encuentra el nombre del servicio ({code}).',
  'Check the network and the name server of this computer, and --api-base if it is given.':
    'Compruebe la red y el servidor de nombres de este equipo.',
  'The service answers.': 'El servicio responde.',
  'There is a connection to the service, but no answer over it ({code}).':
    'Hay conexión con el servicio, pero no responde ({code}).',
  'Check the clock, and whether a proxy or virus scanner replaces certificates: trust its authority in the system, or by NODE_EXTRA_CA_CERTS.':
    'Compruebe el reloj, y si un proxy o un antivirus sustituye los certificados: confíe en su autoridad en el sistema, o con NODE_EXTRA_CA_CERTS.',
  'The service cannot be reached ({code}).': 'No se puede llegar al servicio ({code}).',
  'Check the network, the firewall, and HTTPS_PROXY if this network needs a proxy.':
    'Compruebe la red, el cortafuegos, y HTTPS_PROXY si esta red necesita un proxy.',
  'The service was not reached, whose time would be compared.': 'No se llegó al servicio con cuya hora se compararía.',
  'The application key and secret are accepted.': 'La clave y el secreto de la aplicación se aceptan.',
  'The API user is signed in.': 'El usuario de la API ha iniciado sesión.',
  'The API user sees it.': 'El usuario de la API la ve.',
  'Nobody is registered; listening registers this computer.':
    'Nadie está registrado; al escuchar se registra este equipo.',
  'This computer is registered.': 'Este equipo está registrado.',
  'Another server holds the callback: texts go there.': 'Otro servidor tiene el callback: los mensajes van allí.',
  'Use --take-over, which gives it back at the end, or --mode poll on an account that nobody listens to.':
    'Tómelo, que se devuelve al final, o lea solo la cola en una cuenta que nadie escuche.',
  'A hop before it failed.': 'Falló un tramo anterior.',
  'No account is known: give --account NAME.': 'No se conoce ninguna cuenta: añada una.',
  'The account is not to be seen.': 'La cuenta no se puede ver.',
};
