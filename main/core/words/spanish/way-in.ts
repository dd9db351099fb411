import type { Book } from '../say.ts';

/** The listener, the public URL, the proof through it, and the tunnels. */
export const wayInSentences: Book = {
  'Port {port} is in use by another program. Choose another port, or none to take a free one.':
    'El puerto {port} lo usa otro programa. Elija otro, o ninguno para tomar uno libre.',
  'This user may not listen on port {port}. Choose a port above 1023.':
    'Este usuario no puede escuchar en el puerto {port}. Elija un puerto superior a 1023.',
  'The local listener could not be opened: {why}': 'No se pudo abrir el receptor local: {why}',
  'This is no URL that ThingSpace could call. Give one such as https://sms.example.com or https://sms.example.com:9001, without user name, query or fragment.':
    'Esta no es una URL a la que ThingSpace pueda llamar. Indique una como https://sms.example.com o https://sms.example.com:9001, sin usuario, consulta ni fragmento.',
  'ThingSpace calls https: or http: URLs only, not {scheme}:. Give one that starts with https://.':
    'ThingSpace solo llama a URL https: o http:, no {scheme}:. Indique una que empiece por https://.',
  'ThingSpace does not call port {port}. Use port {ports}.':
    'ThingSpace no llama al puerto {port}. Use uno de estos puertos: {ports}.',
  'ThingSpace calls http: only on port 80. Use https:// for port {port}.':
    'ThingSpace llama a http: solo en el puerto 80. Use https:// para el puerto {port}.',
  '{host} is reached from this computer or its own network only, and ThingSpace calls from outside. Give the public address of your tunnel or proxy.':
    'A {host} solo se llega desde este equipo o su propia red, y ThingSpace llama desde fuera. Indique la dirección pública de su túnel o proxy.',
  'Something else answers at {origin}. Check that the public URL leads to port {port} on this computer.':
    'En {origin} responde otra cosa. Compruebe que la URL pública lleva al puerto {port} de este equipo.',
  'Something else than this app answers at {host} (404). Point the public URL at the port of the listener, path and Host left as they are.':
    'En {host} responde algo que no es esta aplicación (404). Dirija la URL pública al puerto del receptor, sin cambiar la ruta ni Host.',
  '{host} sends callers elsewhere ({status}), which ThingSpace does not follow. Give the address that answers itself.':
    '{host} remite a otro lugar ({status}), y ThingSpace no lo sigue. Indique la dirección que responde por sí misma.',
  'Something in front of this app refuses callers at {host} ({status}). Let requests to /callback/ and /proof/ through without signing in, and list the Host that the proxy sends in the settings.':
    'Algo delante de esta aplicación rechaza las llamadas en {host} ({status}). Deje pasar sin iniciar sesión las peticiones a /callback/ y /proof/, y ponga en los ajustes el Host que envía el proxy.',
  '{host} answers, yet does not reach this app ({status}). Check that the tunnel is up and points at the port of the listener.':
    '{host} responde, pero no llega a esta aplicación ({status}). Compruebe que el túnel está abierto y lleva al puerto del receptor.',
  '{host} answered with the status {status} instead of this app. Check what the public URL points at.':
    '{host} respondió con el estado {status} en lugar de esta aplicación. Compruebe adónde lleva la URL pública.',
  'The name {host} cannot be found ({code}). Check its spelling and its DNS entry.':
    'No se encuentra el nombre {host} ({code}). Compruebe cómo está escrito y su entrada de DNS.',
  '{host} ended the connection without an answer ({code}). Check the proxy or tunnel.':
    '{host} terminó la conexión sin responder ({code}). Compruebe el proxy o el túnel.',
  'The certificate or encryption of {host} is not accepted ({code}). ThingSpace needs a certificate for this name from a recognised authority.':
    'El certificado o el cifrado de {host} no se acepta ({code}). ThingSpace necesita para este nombre un certificado de una autoridad reconocida.',
  '{host} cannot be reached ({code}). Check that the tunnel is up and that the port is open in the firewall.':
    'No se puede llegar a {host} ({code}). Compruebe que el túnel está abierto y que el cortafuegos permite el puerto.',
  'After {#seconds} s still {*stage}. Check the network, the firewall and the tunnel.':
    'Tras {#seconds} s, {*stage}. Compruebe la red, el cortafuegos y el túnel.',
  'looking up {host}': 'aún se busca {host}',
  'connecting to {host}': 'aún se conecta con {host}',
  'agreeing on encryption with {host}': 'aún se acuerda el cifrado con {host}',
  'waiting for an answer of {host}': 'aún se espera una respuesta de {host}',
  'A page answers at {host} instead of this app. Check what it points at.':
    'En {host} responde una página en lugar de esta aplicación. Compruebe adónde lleva.',
  'The public URL is no http or https address. Correct it.':
    'La URL pública no es una dirección http o https. Corríjala.',
  'The tunnel opened {url}. {*why}': 'El túnel abrió {url}. {*why}',
  'The {tunnel} tunnel no longer leads here, though it says that it is open. It is opened anew.':
    'El túnel {tunnel} ya no lleva aquí, aunque dice estar abierto. Se abre de nuevo.',
  'A name has letters, digits, dots, dashes and underscores.':
    'Un nombre tiene letras, cifras, puntos, guiones y guiones bajos.',
  'There is no tunnel of kind "{kind}". There are: {kinds}.':
    'No hay ningún túnel de tipo «{kind}». Los hay de: {kinds}.',
  'It printed nothing.': 'No escribió nada.',
  'Its last line: “{line}”.': 'Su última línea: «{line}».',
  '{program} was not found on this computer.': 'No se encontró {program} en este equipo.',
  '{title} ended ({how}).': '{title} terminó ({how}).',
  'It is started again.': 'Se inicia de nuevo.',
  'It is tried again.': 'Se reintenta.',
  'It is opened anew.': 'Se abre de nuevo.',
  '{title} could not be started ({why}).': '{title} no se pudo iniciar ({why}).',
  '{title} was given up before it had an address.': 'Se desistió de {title} antes de que tuviera una dirección.',
  '{title} has no address after {#seconds} s.': '{title} no tiene dirección tras {#seconds} s.',
  'This is no ngrok authtoken. Copy it from https://dashboard.ngrok.com/get-started/your-authtoken and store it with "tunnels secret ngrok".':
    'Esto no es un authtoken de ngrok. Cópielo de https://dashboard.ngrok.com/get-started/your-authtoken y introdúzcalo en los ajustes, en «Dirección pública».',
  'ngrok does not accept this authtoken; it may have been reset. Store the new one with "tunnels secret ngrok".':
    'ngrok no acepta este authtoken; puede haberse cambiado. Introduzca el nuevo en los ajustes, en «Dirección pública».',
  'ngrok needs an authtoken. Store yours with "tunnels secret ngrok".':
    'ngrok necesita un authtoken. Introduzca el suyo en los ajustes, en «Dirección pública».',
  'ngrok cannot be reached. Check the network and the firewall (connect.ngrok-agent.com, port 443).':
    'No se puede llegar a ngrok. Compruebe la red y el cortafuegos (connect.ngrok-agent.com, puerto 443).',
  'cloudflared does not know this tunnel here. Run "cloudflared tunnel login" and "cloudflared tunnel create NAME" once.':
    'cloudflared no conoce aquí este túnel. Ejecute una vez «cloudflared tunnel login» y «cloudflared tunnel create NOMBRE».',
  'devtunnel needs you to sign in: run "devtunnel user login".':
    'devtunnel necesita que usted inicie sesión: ejecute «devtunnel user login».',
  'Too many ngrok agents run with this account. End the others, or take a larger plan.':
    'Hay demasiados agentes de ngrok con esta cuenta. Termine los demás, o contrate un plan mayor.',
  'This version of ngrok is too old for the service. Update this app.':
    'Esta versión de ngrok es demasiado antigua para el servicio. Actualice esta aplicación.',
  'This ngrok name is not reserved for your account. Reserve it in the dashboard, or leave the name out.':
    'Este nombre de ngrok no está reservado para su cuenta. Resérvelo en el panel, o no indique el nombre.',
  'This ngrok name belongs to another account. Choose another, or leave the name out.':
    'Este nombre de ngrok es de otra cuenta. Elija otro, o no lo indique.',
  'This ngrok name is in use already. End the other agent that serves it, or choose another name.':
    'Este nombre de ngrok ya está en uso. Termine el otro agente que lo sirve, o elija otro nombre.',
  'The month’s data of this ngrok account is used up (1 GB on the free plan).':
    'Los datos del mes de esta cuenta de ngrok se han agotado (1 GB en el plan gratuito).',
  'The month’s requests of this ngrok account are used up (20,000 on the free plan).':
    'Las peticiones del mes de esta cuenta de ngrok se han agotado (20.000 en el plan gratuito).',
  'A named cloudflared tunnel does not print its address. Give it as publicUrl, such as https://sms.example.com.':
    'Un túnel de cloudflared con nombre no muestra su dirección. Indíquela en los ajustes, en «Dirección pública», por ejemplo https://sms.example.com.',
  'Funnel is not switched on for your tailnet. Run "tailscale funnel 9001" once and follow what it says.':
    'Funnel no está activado en su tailnet. Ejecute una vez «tailscale funnel 9001» y siga lo que dice.',
  'Tailscale is not running or not signed in. Run "tailscale up".':
    'Tailscale no está en marcha o no ha iniciado sesión. Ejecute «tailscale up».',
  'Tailscale does not let this user open a funnel. Run "sudo tailscale set --operator=$USER" once.':
    'Tailscale no deja que este usuario abra un funnel. Ejecute una vez «sudo tailscale set --operator=$USER».',
  'The command of the tunnel is empty. Give one such as: mytunnel --port {port}.':
    'El comando del túnel está vacío. Indique uno como: mytunnel --port {port}.',
  'The pattern {pattern} is no regular expression. Correct it, or leave it out to take the first URL.':
    'El patrón {pattern} no es una expresión regular. Corríjalo, o no lo indique para tomar la primera URL.',
  'There is no SSH key in ~/.ssh. Make one with "ssh-keygen -t ed25519", or name one with keyFile.':
    'No hay ninguna clave SSH en ~/.ssh. Cree una con «ssh-keygen -t ed25519», o indique su archivo en los ajustes, en «Dirección pública».',
  'The SSH key {file} cannot be read. Check its path and who may read it.':
    'No se puede leer la clave SSH {file}. Compruebe su ruta y quién puede leerla.',
  'The SSH key {file} is no private key, or needs a passphrase. Store it with "thingspace-sms tunnels secret ssh", or use the agent.':
    'La clave SSH {file} no es privada, o necesita una frase de contraseña. Introdúzcala en los ajustes, en «Dirección pública», o use el agente.',
  'The passphrase does not open the SSH key {file}. Store the right one with "thingspace-sms tunnels secret ssh".':
    'La frase de contraseña no abre la clave SSH {file}. Introduzca la correcta en los ajustes, en «Dirección pública».',
  'No SSH password is stored. Store it with "thingspace-sms tunnels secret ssh".':
    'No hay ninguna contraseña de SSH guardada. Introdúzcala en los ajustes, en «Dirección pública».',
  'No SSH agent answers here (SSH_AUTH_SOCK is not set). Start one, or name a key file.':
    'Aquí no responde ningún agente de SSH (SSH_AUTH_SOCK no está definida). Inicie uno, o nombre un archivo de clave.',
  '{host} shows another host key than before, so nothing was sent there: {shown} instead of {known}. If the server was set up anew, compare it there (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and run "thingspace-sms tunnels forget {name}". If not, someone may stand between.':
    '{host} muestra otra clave de servidor que antes, así que no se envió nada allí: {shown} en lugar de {known}. Si el servidor se instaló de nuevo, compárela allí (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) y olvide la clave de {name} en los ajustes, en «Dirección pública». Si no, puede haber alguien en medio.',
  '{host} does not accept {what} for the user {user}. Check the user, and that the public key stands in its ~/.ssh/authorized_keys.':
    '{host} no acepta lo que se le ofrece ({what}) para el usuario {user}. Compruebe el usuario, y que la clave pública está en su ~/.ssh/authorized_keys.',
  'The SSH server {where} does not answer. Check the network.':
    'El servidor SSH {where} no responde. Compruebe la red.',
  'No SSH server answers at {where}. Check that sshd runs there.':
    'En {where} no responde ningún servidor SSH. Compruebe que allí funciona sshd.',
  'The name {host} cannot be found. Check its spelling and the network.':
    'No se encuentra el nombre {host}. Compruebe cómo está escrito y la red.',
  'The SSH connection to {where} failed ({why}).': 'La conexión SSH con {where} falló ({why}).',
  'Port {port} on {host} is taken (or sshd may not open it on {address}: AllowTcpForwarding, PermitListen, and root for ports below 1024). End what listens there ("ss -ltnp" shows it), or choose another remotePort. A connection of ours that broke frees it by itself after a while, so it is tried again.':
    'El puerto {port} de {host} está ocupado (o sshd no puede abrirlo en {address}: AllowTcpForwarding, PermitListen, y root para puertos inferiores a 1024). Termine lo que escucha allí («ss -ltnp» lo muestra), o elija otro puerto en el servidor en los ajustes, en «Dirección pública». Una conexión nuestra que se cortó lo libera sola al cabo de un rato, así que se reintenta.',
  'Connecting to {host} was given up.': 'Se desistió de conectar con {host}.',
  '{host} is trusted from now on by its host key {key}. Compare it with the server’s.':
    'Desde ahora se confía en {host} por su clave de servidor {key}. Compárela con la del servidor.',
  'Opening the port on {host} was given up.': 'Se desistió de abrir el puerto en {host}.',
};
