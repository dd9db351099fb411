import type { appWords as english } from '../english/app.ts';
import type { Formats } from '../formats.ts';

/** The window speaks to its reader as «usted». */
export function appWords({ number }: Formats): ReturnType<typeof english> {
  return {
    product: 'ThingSpace SMS Tray',
    simulated: 'Simulador',
    simulatedMeaning: 'El servicio es el simulador incorporado. Nada llega a Verizon.',
    loading: 'Consultando el estado de la aplicación…',
    close: 'Cerrar',
    cancel: 'Cancelar',
    retry: 'Reintentar',
    copied: 'Copiado',
    copyFailed: 'El navegador no permitió que la página copiara.',
    accountsPane: 'Cuentas',
    showAccounts: 'Mostrar las cuentas',
    pauseAll: 'Pausar todo',
    resumeAll: 'Reanudar todo',
    settings: 'Ajustes',
    credentials: 'Credenciales',
    keysTitle: 'Teclas',
    problems: 'Problemas',
    failed: 'No funcionó',
    linkFailed: 'No se puede mostrar el mensaje de este enlace',
    proved: (age) => `comprobado ${age}`,
    provedMeaning: 'Cuándo volvió por última vez una pregunta firmada a través de la dirección pública.',
    age: {
      now: 'ahora mismo',
      seconds: (count) => `hace ${number(count)} s`,
      minutes: (count) => `hace ${number(count)} min`,
      hours: (count) => `hace ${number(count)} h`,
    },
    light: {
      off: 'Apagada',
      starting: 'Iniciando',
      live: 'En vivo',
      'catching-up': 'Poniéndose al día',
      degraded: 'Degradada',
      'needs-you': 'Requiere su atención',
      paused: 'En pausa',
    },
    connection: {
      lostShort: 'La aplicación no respondió.',
      lost: {
        title: 'La aplicación ya no está en marcha',
        body: 'Los mensajes esperan en la cola de ThingSpace hasta que vuelva a estarlo. Iníciela y abra la dirección que muestre. Si solo dejó de responder un rato, esta página vuelve por sí sola.',
      },
      refused: {
        title: 'La sesión de esta página ha terminado',
        body: 'Abra la dirección que la aplicación mostró en el terminal. Cada inicio muestra una nueva, que abre una sola página.',
      },
    },
    happened: {
      title: 'Qué ha pasado',
      none: 'Nada todavía. Las interrupciones, los cambios de estado y los problemas se guardan aquí aunque se reinicie.',
      kinds: { gap: 'Interrupción', state: 'Estado', problem: 'Problema', note: 'Nota' },
      states: {
        off: 'Apagada',
        live: 'A la escucha',
        polling: 'Leyendo la cola',
        degraded: 'Degradada',
        'needs-you': 'Requiere su atención',
      },
    },
    gap: {
      began: { unreachable: 'Inaccesible', paused: 'En pausa', stopped: 'Detenida', 'looked-at': 'Solo se miró' },
      begin: (to) => `Al día a las ${to}:`,
      fetched: (fetched, pending) => `${number(fetched)} leídos de la cola, ${number(pending)} pendientes.`,
    },
    keys: [
      ['↑ ↓ o k j', 'Moverse'],
      ['Re Pág, Av Pág, Inicio, Fin', 'Moverse lejos'],
      ['Intro', 'Abrir'],
      ['Esc', 'Cerrar, o borrar la búsqueda'],
      ['Espacio', 'Pausar o seguir la lista'],
      ['c', 'Copiar el mensaje'],
      ['g', 'Agrupar por dispositivo, o mostrar cada mensaje'],
      ['r', 'Responder'],
      ['Ctrl Intro', 'Enviar el mensaje'],
      ['s', 'Destacar el mensaje, o quitar la estrella'],
      ['/ o Ctrl F', 'Buscar'],
      ['e', 'Exportar lo que se muestra'],
      ['h', 'Qué ha pasado'],
      ['Ctrl K', 'Todas las acciones'],
      ['?', 'Estas teclas'],
    ],
  };
}
