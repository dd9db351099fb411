import type { demoWords as englishDemo, setUpWords as englishSetUp } from '../english/set-up.ts';

/** The first run: five steps from nothing to the first text. */
export function setUpWords(): ReturnType<typeof englishSetUp> {
  return {
    name: 'Puesta en marcha',
    step: (step, steps) => `Paso ${step} de ${steps}`,
    back: 'Atrás',
    next: 'Siguiente',
    later: 'Ahora no',
    start: {
      title: 'Vea llegar los mensajes de sus dispositivos',
      body: 'Los dispositivos de una cuenta de Verizon ThingSpace envían mensajes; esta aplicación muestra cada uno cuando llega y demuestra que no falta ninguno.',
      demo: 'Probar con el simulador',
      demoBody:
        'Un ThingSpace incorporado con dispositivos que envían mensajes. Sin datos que introducir; nada sale de este equipo.',
      opening: 'Iniciando el simulador…',
      own: 'Configurar mi cuenta',
      ownBody:
        'Necesita el nombre de la cuenta, la clave y el secreto de una aplicación de ThingSpace, y un usuario de la API con su contraseña.',
    },
    account: {
      title: '¿Qué cuenta?',
      body: 'Su nombre indica a ThingSpace de quién son los mensajes. Allí no se cambia nada todavía.',
    },
    signIn: {
      title: 'Iniciar sesión',
      kept: 'Ya guardadas',
      use: 'Usar estas',
      others: 'Introducir otras',
      again: 'Mirar otra vez',
      looking: 'Mirando en el llavero…',
      checking: 'Iniciando sesión y buscando la cuenta…',
      save: 'Guardar y comprobar',
      once: 'Probarlas una vez más',
    },
    wayIn: {
      title: '¿Cómo llega ThingSpace hasta usted?',
      body: 'ThingSpace llama a una dirección pública; este equipo no suele tener ninguna. Un túnel la abre. Sin ella, los mensajes se leen de la cola.',
    },
    holder: {
      title: '¿Quién recibe los mensajes?',
      looking: 'Mirando quién tiene el callback…',
      nobody: (account) => `Nadie tiene ahora el callback de ${account}. Sus mensajes esperan en la cola.`,
      ours: (account) => `Esta aplicación ya tiene el callback de ${account}.`,
      other: (account, host) =>
        `${host} tiene ahora el callback de ${account} y recibe sus mensajes. Solo uno puede tenerlo.`,
      how: '¿Qué debe hacer esta aplicación?',
      choices: {
        listen: { name: 'Escuchar', meaning: 'Registrar este equipo, leer lo que espera y no perder nada.' },
        'take-over': {
          name: 'Tomarlo',
          meaning: 'Los mensajes llegan aquí y ya no allí. La dirección anterior se repone al salir.',
        },
        poll: {
          name: 'Solo leer la cola',
          meaning: 'No hace falta dirección pública. Lo que se lee se saca de la cola.',
        },
        peek: { name: 'Solo mirar', meaning: 'No se registra nada ni se saca nada de la cola.' },
      },
      finish: 'Terminar',
    },
  };
}

/** The built-in simulator in place of the person's own accounts. */
export function demoWords(): ReturnType<typeof englishDemo> {
  return {
    leave: 'Salir del simulador',
    title: 'Este es el simulador',
    body: 'Aquí no se configura nada definitivo. Salga del simulador y configure su propia cuenta. Sus mensajes se desechan.',
  };
}
