import type { Book } from '../say.ts';

/** How accounts and the app as a whole stand (core/standing.ts, core/project.ts), and what happened. */
export const stateSentences: Book = {
  'Stopping.': 'Deteniéndose.',
  'Stopping: callbacks are given back.': 'Deteniéndose: se devuelven los callbacks.',
  'No account yet. Add one to see its texts.': 'Aún no hay cuentas. Añada una para ver sus mensajes.',
  'Paused. Texts wait in the queue at ThingSpace.': 'En pausa. Los mensajes esperan en la cola de ThingSpace.',
  'Off. Texts wait in the queue at ThingSpace.': 'Apagada. Los mensajes esperan en la cola de ThingSpace.',
  'Signing in to ThingSpace.': 'Iniciando sesión en ThingSpace.',
  'Only looking at the queue every {#seconds} s; nothing is taken out of it.':
    'Solo se mira la cola cada {#seconds} s; no se saca nada de ella.',
  'Fetching the queue for the first time.': 'Leyendo la cola por primera vez.',
  'Fetching the queue every {#seconds} s.': 'Leyendo la cola cada {#seconds} s.',
  'The queue was looked at, and nothing was taken out of it.': 'Se miró la cola y no se sacó nada de ella.',
  'It is empty.': 'Está vacía.',
  'At least 100 texts wait in it.': 'Esperan en ella al menos 100 mensajes.',
  '{#count} text waits in it.': 'Espera en ella {#count} mensaje.',
  '{#count} texts wait in it.': 'Esperan en ella {#count} mensajes.',
  'Catching up: {#count} fetched from the queue.': 'Poniéndose al día: {#count} leídos de la cola.',
  'Reading who holds the callback.': 'Consultando quién tiene el callback.',
  'Checking the public URL.': 'Comprobando la URL pública.',
  'Registering the callback.': 'Registrando el callback.',
  'Asking ThingSpace to start callbacks.': 'Pidiendo a ThingSpace que inicie los callbacks.',
  'Live: ThingSpace pushes each text here.': 'En vivo: ThingSpace entrega aquí cada mensaje.',
  'Another server took the callback for {account} ({holder}). Texts go there now.':
    'Otro servidor tomó el callback de {account} ({holder}). Los mensajes van ahora allí.',
  'Another server holds the callback for {account} ({holder}). Texts go there.':
    'Otro servidor tiene el callback de {account} ({holder}). Los mensajes van allí.',
  'Take it over to get them here (listen --take-over); it is given back when you stop. Or only look at the queue (--mode peek).':
    'Tómelo para recibirlos aquí; se devuelve cuando usted se detenga. O limítese a mirar la cola.',
  'Until then the queue is fetched.': 'Hasta entonces se lee la cola.',
  'There is no public URL, so ThingSpace cannot call. Give one (--public-url, or in the settings), or fetch the queue instead.':
    'No hay una URL pública, así que ThingSpace no puede llamar. Elija una en los ajustes, en «Dirección pública», o lea la cola.',
  'Fetching the queues.': 'Leyendo las colas.',
  'Fetching the queues on {#count} accounts.': 'Leyendo las colas de {#count} cuentas.',
  'The callback of {account} could not be given back and is still ours: {*why} The next start gives it back, and so does callbacks --restore.':
    'El callback de {account} no se pudo devolver y sigue siendo nuestro: {*why} El próximo inicio lo devuelve.',
  'Texts still arrive by callback.': 'Los mensajes siguen llegando por callback.',
  'Opening a port on this computer.': 'Abriendo un puerto en este equipo.',
  'Closed: no account needs it now.': 'Cerrado: ninguna cuenta lo necesita ahora.',
  'Opening the way in from the internet.': 'Abriendo la entrada desde internet.',
  'None: texts are fetched from the queue.': 'Ninguna: los mensajes se leen de la cola.',
  '{origin} is open. Trying whether it leads here.': '{origin} está abierta. Se prueba si lleva aquí.',
  '{origin} leads here: a signed question came back.': '{origin} lleva aquí: una pregunta firmada volvió.',
  'This is the simulator, where nothing is set up for good. Leave it first, then set up your own account.':
    'Este es el simulador, donde nada se configura de forma duradera. Salga de él primero y configure después su propia cuenta.',
  'This run cannot show the simulator, or is nothing else. Start the app without it.':
    'Esta ejecución no puede mostrar el simulador, o solo es eso. Inicie la aplicación sin él.',
  'Listening.': 'A la escucha.',
  'Listening through {origin}.': 'A la escucha a través de {origin}.',
  'The public address is {origin}.': 'La dirección pública es {origin}.',
  'Listening on {#count} accounts.': 'A la escucha en {#count} cuentas.',
  'Listening on {#count} accounts through {origin}.': 'A la escucha en {#count} cuentas a través de {origin}.',
  'Nothing is waiting.': 'No hay nada pendiente.',
  '{#some} of {#all} accounts is fine.': '{#some} de {#all} cuentas está bien.',
  '{#some} of {#all} accounts are fine.': '{#some} de {#all} cuentas están bien.',
  'Add an account': 'Añadir una cuenta',
  Resume: 'Reanudar',
  'Open the settings…': 'Abrir los ajustes…',
  'Try now': 'Probar ahora',
  'Take it over…': 'Tomarlo…',
  'Enter credentials…': 'Introducir las credenciales…',
  'Caught up: {#fetched} fetched from the queue, {#pending} pending.':
    'Al día: {#fetched} leídos de la cola, {#pending} pendientes.',
  'Unreachable {from}–{to}; {#fetched} fetched from the queue, {#pending} pending.':
    'Inaccesible {from}–{to}; {#fetched} leídos de la cola, {#pending} pendientes.',
  'Paused {from}–{to}; {#fetched} fetched from the queue, {#pending} pending.':
    'En pausa {from}–{to}; {#fetched} leídos de la cola, {#pending} pendientes.',
  'Stopped {from}–{to}; {#fetched} fetched from the queue, {#pending} pending.':
    'Detenida {from}–{to}; {#fetched} leídos de la cola, {#pending} pendientes.',
  'Only looked at {from}–{to}; {#fetched} fetched from the queue, {#pending} pending.':
    'Solo se miró {from}–{to}; {#fetched} leídos de la cola, {#pending} pendientes.',
  'ThingSpace SMS Tray on {computer}, {host}': 'ThingSpace SMS Tray en {computer}, {host}',
  'The queue of {account} does not move: ThingSpace says that more waits, but brings nothing new. All {#count} texts that came are kept.':
    'La cola de {account} no avanza: ThingSpace dice que hay más, pero no trae nada nuevo. Se conservan los {#count} mensajes que llegaron.',
  'Fetching the queue was stopped.': 'Se dejó de leer la cola.',
  '{account} is not among the accounts of this app.': '{account} no está entre las cuentas de esta aplicación.',
  'Add it first.': 'Agréguela primero.',
  'This app displaced nothing on {account}.': 'Esta aplicación no desplazó nada en {account}.',
  'The callback of {account} is what it was before.': 'El callback de {account} es de nuevo el de antes.',
  'Our callback of {account} was taken away; nothing stood there before.':
    'Se quitó nuestro callback de {account}; antes no había ninguno allí.',
  'Nothing was to be restored on {account}; our own callback is not registered there.':
    'No había nada que restablecer en {account}; nuestro callback no está registrado allí.',
  'ThingSpace accepted the callback registration for {account}, but {*why}.':
    'ThingSpace aceptó el registro del callback de {account}, pero {*why}.',
  'it shows {host} instead': 'muestra {host} en su lugar',
  'it shows none': 'no muestra ninguno',
  'No such device is known here. A device is known once it has texted, or after its account was asked for its devices.':
    'Aquí no se conoce ese dispositivo. Se conoce un dispositivo en cuanto envía un mensaje, o después de pedir a su cuenta sus dispositivos.',
  'There is no text with the id {id}. It may have been deleted.':
    'No hay ningún mensaje con el identificador {id}. Puede que se haya borrado.',
  'There is no text with the id {id}.': 'No hay ningún mensaje con el identificador {id}.',
  'That did not work because of an error in this app. Details are in its log.':
    'No funcionó por un error de esta aplicación. Los detalles están en su registro.',
  'There is no method "{name}".': 'No existe el método «{name}».',
  '"{name}" may not be called from here.': 'Desde aquí no se puede llamar a «{name}».',
  'The input is not what this method takes.': 'Los datos no son los que este método admite.',
  'An account name has 1 to 64 characters and no slash or space, such as 0000123456-00001.':
    'El nombre de una cuenta tiene de 1 a 64 caracteres, sin barras ni espacios, por ejemplo 0000123456-00001.',
  'A time of day is written 22:00.': 'Una hora del día se escribe 22:00.',
  'The path must be absolute.': 'La ruta debe ser absoluta.',
};
