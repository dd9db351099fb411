import type { Book } from '../say.ts';

/** Signing in, and what asking ThingSpace can come to. */
export const serviceSentences: Book = {
  'There are no ThingSpace credentials yet. Give them with `thingspace-sms login` or in the settings.':
    'Aún no hay credenciales de ThingSpace. Introdúzcalas en «Credenciales».',
  'ThingSpace keeps ending this sign-in: another program may share the login. Give each program an API user of its own.':
    'ThingSpace termina esta sesión una y otra vez: quizá otro programa comparte el usuario. Dé a cada programa su propio usuario de la API.',
  'ThingSpace ended the sign-in in the middle of this, and it is not repeated here: another program may share the login.':
    'ThingSpace terminó la sesión en medio de esto, y aquí no se repite: quizá otro programa comparte el usuario.',
  'No sign-in is sent, because it could not be noted first ({why}). The note keeps ThingSpace from locking the user.':
    'No se inicia sesión porque antes no se pudo anotar ({why}). La anotación evita que ThingSpace bloquee al usuario.',
  'ThingSpace refused this user name and password twice, so they are not sent again: at five refusals it locks the user.':
    'ThingSpace rechazó dos veces este usuario y contraseña, así que no se envían más: al quinto rechazo bloquea al usuario.',
  'ThingSpace refused this user name and password twice, and locks the user at five refusals. If they are right now, for instance because Verizon unlocked the user, confirm that they may be tried once more.':
    'ThingSpace rechazó dos veces este usuario y contraseña, y bloquea al usuario al quinto rechazo. Si ahora son correctos, por ejemplo porque Verizon desbloqueó al usuario, confirme que pueden probarse una vez más.',
  'The credentials come from the environment, for this run.':
    'Las credenciales vienen del entorno, para esta ejecución.',
  'No credentials are stored. Save those of your ThingSpace application and API user.':
    'No hay credenciales guardadas. Guarde las de su aplicación de ThingSpace y de su usuario de la API.',
  'The credentials are in the keychain of this computer.': 'Las credenciales están en el llavero de este equipo.',
  'Check them, then give the right ones with `thingspace-sms login` or in the settings.':
    'Compruébelas y escriba las correctas en «Credenciales».',
  'They come from the environment: correct the THINGSPACE_ variables there, and start this program anew.':
    'Proceden del entorno en el que se inició este programa: corríjalas allí e inícielo de nuevo.',
  'ThingSpace refuses the app key or the app secret. Compare both with Key Management in the ThingSpace portal.':
    'ThingSpace rechaza la clave o el secreto de la aplicación. Compárelos con «Key Management» en el portal de ThingSpace.',
  'ThingSpace refuses the API user or its password. These are the API ("UWS") credentials, not those of the portal. Nothing is tried by itself, because five refusals in a row lock the user.':
    'ThingSpace rechaza el usuario de la API o su contraseña. Son las credenciales de la API («UWS»), no las del portal. No se reintenta nada automáticamente, porque cinco rechazos seguidos bloquean al usuario.',
  'ThingSpace refuses to give a token. What it says stands below.':
    'ThingSpace se niega a dar un token. Debajo está lo que dice.',
  'The request to ThingSpace was ended because the app is stopping.':
    'La petición a ThingSpace se interrumpió porque la aplicación se está deteniendo.',
  "{host} did not answer in full within {#seconds} s. If this goes on, check the network and ThingSpace's status.":
    '{host} no respondió del todo en {#seconds} s. Si continúa, compruebe la red y el estado de ThingSpace.',
  'ThingSpace did not answer in time.': 'ThingSpace no respondió a tiempo.',
  "ThingSpace's answer is larger than {#size} MB and was not read.":
    'La respuesta de ThingSpace supera los {#size} MB y no se leyó.',
  "In place of ThingSpace's answer came {*what} (status {status}). A proxy or a sign-in page of this network may be in between.":
    'En lugar de la respuesta de ThingSpace llegó {*what} (estado {status}). Puede haber en medio un proxy o una página de acceso de esta red.',
  "ThingSpace's answer points to another address (status {status}). It was not followed, because credentials go nowhere else. A sign-in page of this network may be in between; else check the API address.":
    'La respuesta de ThingSpace remite a otra dirección (estado {status}). No se siguió, porque las credenciales no van a ningún otro lugar. Puede haber en medio una página de acceso de esta red; si no, compruebe la dirección de la API.',
  'ThingSpace asks for fewer requests.': 'ThingSpace pide menos peticiones.',
  'ThingSpace gave up waiting for the request (status 408).': 'ThingSpace dejó de esperar la petición (estado 408).',
  'ThingSpace has trouble of its own (status {status}).': 'ThingSpace tiene un problema propio (estado {status}).',
  "ThingSpace's gateway refuses this request (status {status}). Check in the portal that the application's key is allowed to use Connectivity Management.":
    'La pasarela de ThingSpace rechaza esta petición (estado {status}). Compruebe en el portal que la clave de la aplicación puede usar Connectivity Management.',
  'There is no such address at ThingSpace (status {status}). Check the API address that the app was given.':
    'ThingSpace no tiene esa dirección (estado {status}). Compruebe la dirección de la API que se dio a la aplicación.',
  'ThingSpace failed for a reason it does not name.': 'ThingSpace falló por un motivo que no nombra.',
  'ThingSpace refuses this request. What it says stands below; its support can explain the code.':
    'ThingSpace rechaza esta petición. Debajo está lo que dice; su soporte puede explicar el código.',
  'ThingSpace refuses this request (status {status}) and does not say why.':
    'ThingSpace rechaza esta petición (estado {status}) y no dice por qué.',
  'ThingSpace does not accept the token of this sign-in any more.': 'ThingSpace ya no acepta el token de esta sesión.',
  'ThingSpace needs an account name for this. Add the account first.':
    'ThingSpace necesita para esto el nombre de una cuenta. Añada primero la cuenta.',
  'This API user may not use {*account}. Ask who manages it at Verizon to give the user access, or check the name.':
    'Este usuario de la API no puede usar {*account}. Pida acceso para él a quien la administra en Verizon, o compruebe el nombre.',
  'ThingSpace knows no account named {account}. Compare it digit by digit with the portal: leading zeros count.':
    'ThingSpace no conoce ninguna cuenta llamada {account}. Compárela cifra por cifra con el portal: los ceros iniciales cuentan.',
  'ThingSpace knows no such account. Compare it digit by digit with the portal: leading zeros count.':
    'ThingSpace no conoce esa cuenta. Compárela cifra por cifra con el portal: los ceros iniciales cuentan.',
  'this account': 'esta cuenta',
  'the account {name}': 'la cuenta {name}',
  'This API user has no account. Ask who manages your ThingSpace users to give it access to one.':
    'Este usuario de la API no tiene ninguna cuenta. Pida acceso a una a quien administra sus usuarios de ThingSpace.',
  'This API user has several accounts, so one must be named.':
    'Este usuario de la API tiene varias cuentas, así que hay que nombrar una.',
  'ThingSpace does not know this kind of identifier. Use mdn, imei, iccid, msisdn, esn, meid or eid.':
    'ThingSpace no conoce este tipo de identificador. Use mdn, imei, iccid, msisdn, esn, meid o eid.',
  'The identifier does not fit its kind: an mdn has 10 digits, an imei 15, an iccid up to 20. Check it.':
    'El identificador no corresponde a su tipo: un mdn tiene 10 cifras, un imei 15, un iccid hasta 20. Compruébelo.',
  'ThingSpace finds no such device in {*account}. Check its identifier.':
    'ThingSpace no encuentra ese dispositivo en {*account}. Compruebe su identificador.',
  'The device is not active, so no text can be sent to it. Activate it in the portal.':
    'El dispositivo no está activo, así que no se le puede enviar ningún mensaje. Actívelo en el portal.',
  'The text is empty. Write something to send.': 'El mensaje está vacío. Escriba algo que enviar.',
  'The text is too long for one SMS: 160 plain characters, or 140 bytes with others. Shorten it.':
    'El mensaje es demasiado largo para un SMS: 160 caracteres simples, o 140 bytes si hay otros. Acórtelo.',
  'That is more devices than ThingSpace takes at once. Name fewer.':
    'Son más dispositivos de los que ThingSpace admite a la vez. Nombre menos.',
  'ThingSpace found the request empty. Please report this.':
    'ThingSpace encontró vacía la petición. Por favor, notifíquelo.',
  'ThingSpace could not read the request. Please report this.':
    'ThingSpace no pudo leer la petición. Por favor, notifíquelo.',
  'An account at ThingSpace cannot have this name. Check how it is written.':
    'Una cuenta de ThingSpace no puede llamarse así. Compruebe cómo se escribe.',
  '{host} could not be trusted: {*why}. A proxy that opens TLS can cause this too. Nothing secret was sent.':
    'No se pudo confiar en {host}: {*why}. También puede causarlo un proxy que abre TLS. No se envió nada secreto.',
  "its certificate has expired by this computer's clock: check date and time here":
    'su certificado ha caducado según el reloj de este equipo: compruebe aquí la fecha y la hora',
  "its certificate is not valid yet by this computer's clock: check date and time here":
    'su certificado aún no es válido según el reloj de este equipo: compruebe aquí la fecha y la hora',
  'its certificate was revoked': 'su certificado fue revocado',
  'its certificate is self-signed': 'su certificado está firmado por sí mismo',
  'its certificate comes from an authority that this computer does not trust':
    'su certificado es de una autoridad en la que este equipo no confía',
  'its certificate is for another host': 'su certificado es de otro servidor',
  'a web page': 'una página web',
  'something that is not what its documentation says': 'algo que no es lo que dice su documentación',
  "ThingSpace does not take one of the characters. Leave out apostrophes ('), < and \\.":
    "ThingSpace no admite uno de los caracteres. No use apóstrofos ('), < ni \\.",
  'It is tried again by itself.': 'Se reintenta automáticamente.',
  'The name {host} could not be found. Check the network, the VPN and the spelling of the address.':
    'No se encontró el nombre {host}. Compruebe la red, la VPN y cómo está escrita la dirección.',
  'The name {host} could not be looked up: no name server answered, so this computer may be offline.':
    'No se pudo consultar el nombre {host}: ningún servidor de nombres respondió, así que quizá este equipo no tiene conexión.',
  '{host} refused the connection: nothing accepts it there.': '{host} rechazó la conexión: allí no la acepta nadie.',
  'There is no way to {host}: this computer may be offline.':
    'No hay camino hasta {host}: quizá este equipo no tiene conexión.',
  '{host} did not accept the connection in time: a firewall may swallow it.':
    '{host} no aceptó la conexión a tiempo: quizá la descarta un cortafuegos.',
  'The proxy of this network (HTTPS_PROXY) did not let the request to {host} through: check its address, user name and password.':
    'El proxy de esta red (HTTPS_PROXY) no dejó pasar la petición a {host}: compruebe su dirección, usuario y contraseña.',
  'The connection to {host} broke off before the answer was there.':
    'La conexión con {host} se cortó antes de que llegara la respuesta.',
  'No secure connection to {host} could be made ({code}): is there TLS at this address, and no proxy in between?':
    'No se pudo establecer una conexión segura con {host} ({code}): ¿hay TLS en esta dirección, y ningún proxy en medio?',
  'The request to {host} failed.': 'La petición a {host} falló.',
  'The request to {host} failed ({code}).': 'La petición a {host} falló ({code}).',
};
