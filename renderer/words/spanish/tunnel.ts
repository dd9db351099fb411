import type { tunnelWords as englishTunnel } from '../english/tunnel.ts';

/** The way in from the internet. What is known of each kind (needs, limits, why) is the core's. */
export function tunnelWords(): ReturnType<typeof englishTunnel> {
  return {
    legend: 'Dirección pública',
    looking: 'Mirando qué tiene este equipo…',
    rule: 'ThingSpace llama a https con un certificado de confianza en el puerto 80, 443, 9001–9006, 28200–28220 o 50551–50559; a http solo en el puerto 80.',
    none: 'Ninguna: leer la cola',
    noneMeaning: 'Los mensajes llegan cuando se lee la cola, no al momento. No hay que abrir nada.',
    recommended: 'Recomendado',
    here: 'En este equipo',
    absent: 'No está en este equipo',
    names: {
      stable: 'conserva su nombre',
      random: 'otro nombre en cada inicio',
      depends: 'conserva su nombre si usted crea uno',
    },
    port: (port) => `puerto: ${port}`,
    needs: 'Necesita',
    limits: 'Límites',
    why: 'Por qué',
    random:
      'Un nombre al azar obliga a registrarse de nuevo en cada inicio; entretanto los mensajes esperan en la cola.',
    optional: 'opcional',
    fields: {
      publicUrl: {
        label: 'Dirección pública',
        hint: 'Como debe llamarla ThingSpace, por ejemplo https://sms.example.com.',
      },
      host: { label: 'Servidor', hint: 'Su nombre en internet, por ejemplo sms.example.com.' },
      port: { label: 'Puerto SSH', hint: 'Normalmente 22.' },
      user: { label: 'Usuario en él', hint: '' },
      keyFile: {
        label: 'Archivo de la clave',
        hint: 'Vacío: id_ed25519, id_ecdsa o id_rsa en ~/.ssh, el primero que haya.',
      },
      remotePort: { label: 'Puerto en el servidor', hint: 'Donde escucha para nosotros, por ejemplo 28200.' },
      bindAddress: { label: 'Dirección en el servidor', hint: '127.0.0.1 si hay un servidor web delante.' },
      domain: { label: 'Nombre reservado', hint: 'Por ejemplo texts.ngrok.app. Vacío: el de su cuenta.' },
      tunnel: { label: 'Túnel', hint: 'El nombre de uno que usted creó. Vacío: un nombre al azar en cada inicio.' },
      subdomain: { label: 'Nombre deseado', hint: 'Puede tenerlo otra persona.' },
      configFile: { label: 'Archivo de configuración', hint: 'De frpc, con localPort = {{ .Envs.PORT }}.' },
      server: { label: 'Servidor', hint: 'Uno propio; bore.pub tiene puertos a los que ThingSpace no llama.' },
      command: { label: 'Comando', hint: '{port} es el puerto local. Se ejecuta sin intérprete.' },
      pattern: {
        label: 'Patrón de su URL',
        hint: 'Una expresión regular para la línea que imprime; su primer grupo es la URL. Vacío: la primera URL.',
      },
      listenerPort: {
        label: 'Puerto local',
        hint: 'Vacío: uno libre. Un proxy o un túnel fijo necesita que no cambie.',
      },
    },
    auth: 'Inicia sesión con',
    auths: { key: 'Clave', agent: 'Agente SSH', password: 'Contraseña' },
    needed: 'Este dato es necesario.',
    portWrong: 'Un puerto es un número de 1 a 65 535.',
    patternWrong: 'Esto no es una expresión regular.',
    wrong: 'Esto no se puede usar aquí.',
    secrets: {
      ngrok: { label: 'Authtoken de ngrok', hint: 'De dashboard.ngrok.com.' },
      ssh: { label: 'Contraseña, o frase de la clave', hint: 'Una clave sin frase no la necesita.' },
    },
    secretKept: 'Está en el llavero de este equipo.',
    keep: 'Guardar en el llavero',
    forget: 'Olvidarlo',
    trusted: (host) => `Clave de confianza de ${host}`,
    trustedMeaning:
      'Se aceptó en el primer uso. Compárela con la del servidor: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
    forgetHost: 'Olvidar esta clave',
    open: 'Abrir y comprobar',
    again: 'Comprobar otra vez',
    state: 'Ahora',
  };
}
