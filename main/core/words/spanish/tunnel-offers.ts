import type { Book } from '../say.ts';

/** What is known of each kind of tunnel (adapters/tunnel/providers.ts). */
export const tunnelOfferSentences: Book = {
  'A new name at each start costs a new registration each time; texts wait in the queue meanwhile.':
    'Un nombre nuevo en cada inicio exige cada vez un registro nuevo; entretanto los mensajes esperan en la cola.',
  'Install Tailscale from https://tailscale.com/download, or choose another tunnel.':
    'Instale Tailscale desde https://tailscale.com/download, o elija otro túnel.',
  'Tailscale, signed in, with Funnel switched on for the tailnet.':
    'Tailscale, con la sesión iniciada y Funnel activado en la tailnet.',
  'Free for personal use; bandwidth is limited.': 'Gratuito para uso personal; el ancho de banda es limitado.',
  'its name stays the same, it serves port 443 with a certificate, and it is free':
    'su nombre no cambia, sirve el puerto 443 con un certificado y es gratuito',
  'Install it from https://developers.cloudflare.com/cloudflare-one/, or choose another tunnel.':
    'Instálelo desde https://developers.cloudflare.com/cloudflare-one/, o elija otro túnel.',
  'Nothing for a quick tunnel; a Cloudflare account and a domain there for one with a name of its own.':
    'Nada para un túnel rápido; una cuenta de Cloudflare y un dominio allí para uno con nombre propio.',
  'Quick tunnels: 200 requests at once, no promise of being up, and a random name.':
    'Túneles rápidos: 200 peticiones a la vez, sin garantía de disponibilidad y con un nombre al azar.',
  'it needs no account to begin with, and keeps its name once you give it a tunnel of your own':
    'no necesita cuenta para empezar, y conserva su nombre cuando se le da un túnel propio',
  'An ngrok account and its authtoken ("tunnels secret ngrok").': 'Una cuenta de ngrok y su authtoken.',
  'Free: one fixed name, 20,000 requests and 1 GB out a month, 4,000 requests a minute.':
    'Gratuito: un nombre fijo, 20.000 peticiones y 1 GB de salida al mes, 4.000 peticiones por minuto.',
  'it is built in and needs only a free account': 'está incorporado y solo necesita una cuenta gratuita',
  'Own server over SSH': 'Servidor propio por SSH',
  'A server on the internet with sshd and a web server that has a certificate (docs/tunnels.md, under ten lines).':
    'Un servidor en internet con sshd y un servidor web con certificado (docs/tunnels.md, menos de diez líneas).',
  'the one your web server has: 443, or another that ThingSpace calls':
    'el de su servidor web: 443, u otro al que ThingSpace llame',
  'None but those of the server.': 'Solo los del servidor.',
  'nobody stands between, its name stays the same, and nothing has to be installed here':
    'no hay nadie en medio, su nombre no cambia y aquí no hay que instalar nada',
  'A public URL that is there already': 'Una URL pública que ya existe',
  'A reverse proxy, a forwarded port, or a tunnel run by hand that leads to the listener’s port.':
    'Un proxy inverso, un puerto redirigido o un túnel iniciado a mano que lleve al puerto del receptor.',
  'any that ThingSpace calls': 'cualquiera al que ThingSpace llame',
  'None.': 'Ninguno.',
  'it is there already': 'ya existe',
  'Microsoft dev tunnel': 'Túnel de desarrollo de Microsoft',
  'Install it from https://aka.ms/devtunnels, or choose another tunnel.':
    'Instálelo desde https://aka.ms/devtunnels, o elija otro túnel.',
  'A Microsoft or GitHub account ("devtunnel user login"); a tunnel made once, with a fixed local port, for a lasting name.':
    'Una cuenta de Microsoft o GitHub («devtunnel user login»); un túnel creado una vez, con un puerto local fijo, para un nombre duradero.',
  'Meant for development; 5 GB a month.': 'Pensado para el desarrollo; 5 GB al mes.',
  'it is installed here and serves port 443': 'está instalado aquí y sirve el puerto 443',
  'Install frpc from https://github.com/fatedier/frp/releases, or choose another tunnel.':
    'Instale frpc desde https://github.com/fatedier/frp/releases, o elija otro túnel.',
  'A server with frps, and a configuration file whose localPort is {{ .Envs.PORT }}.':
    'Un servidor con frps y un archivo de configuración cuyo localPort sea {{ .Envs.PORT }}.',
  'the one that frps or the web server before it has': 'el de frps o del servidor web que tiene delante',
  'it is installed here and its name stays the same': 'está instalado aquí y su nombre no cambia',
  'Install it with "npm install -g localtunnel", or choose another tunnel.':
    'Instálelo con «npm install -g localtunnel», o elija otro túnel.',
  'Nothing else.': 'Nada más.',
  'Run by volunteers, often overloaded; a wished name may be taken.':
    'Lo mantienen voluntarios y suele estar sobrecargado; el nombre deseado puede estar ocupado.',
  'it is installed here and needs no account': 'está instalado aquí y no necesita cuenta',
  'Install an SSH client (OpenSSH), or choose another tunnel.': 'Instale un cliente SSH (OpenSSH), o elija otro túnel.',
  'An SSH client; no account for the free one.': 'Un cliente SSH; el gratuito no exige cuenta.',
  'Free: ends after 60 minutes, and then has another name.':
    'Gratuito: termina a los 60 minutos, y después tiene otro nombre.',
  'it needs nothing but the SSH client that is here': 'solo necesita el cliente SSH que ya hay aquí',
  'Install it with "cargo install bore-cli", or choose another tunnel.':
    'Instálelo con «cargo install bore-cli», o elija otro túnel.',
  'A bore server of your own behind a web server with a certificate: bore.pub has plain ports that ThingSpace does not call.':
    'Un servidor bore propio tras un servidor web con certificado: bore.pub usa puertos sin cifrar a los que ThingSpace no llama.',
  'the one that the web server before it has': 'el del servidor web que tiene delante',
  'it is installed here': 'está instalado aquí',
  'Any other command': 'Cualquier otro comando',
  'Check the name of the program, or give its whole path.':
    'Compruebe el nombre del programa, o indique su ruta completa.',
  'A command with {port} in it that prints its public URL.': 'Un comando que contenga {port} y muestre su URL pública.',
  'Those of the program.': 'Los del programa.',
  'it takes any program that prints a URL': 'admite cualquier programa que muestre una URL',
  '{program} was not found on this computer': 'no se encontró {program} en este equipo',
  'Choose {*title}: {*why}.': 'Elija {*title}: {*why}.',
  '{*title} is on this computer ({program}): {*why}.': '{*title} está en este equipo ({program}): {*why}.',
};
