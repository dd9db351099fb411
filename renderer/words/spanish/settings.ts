import type { credentialWords as englishCredentials, settingsWords as englishSettings } from '../english/settings.ts';
/** The key pair and the API user. */
export function credentialWords(): ReturnType<typeof englishCredentials> {
  return {
    title: 'Credenciales',
    warning:
      'Cinco inicios de sesión erróneos seguidos bloquean al usuario en Verizon, y solo su soporte lo desbloquea. Esta aplicación se detiene al segundo.',
    kept: 'Se guardan en el llavero de este equipo y en ningún otro lugar.',
    appKey: 'Clave de la aplicación',
    appSecret: 'Secreto de la aplicación',
    username: 'Usuario de la API',
    password: 'Contraseña de la API',
    save: 'Guardar e iniciar sesión',
    saved: 'Guardadas. La aplicación inicia sesión con ellas.',
    clear: 'Olvidarlas',
    needed: 'Este dato es necesario.',
  };
}

/** What the user can choose. */
export function settingsWords(): ReturnType<typeof englishSettings> {
  return {
    title: 'Ajustes',
    language: 'Idioma',
    languages: { system: 'Sistema', en: 'English', es: 'Español' },
    theme: 'Tema',
    themes: { system: 'Sistema', light: 'Claro', dark: 'Oscuro' },
    density: 'Filas',
    densities: { dense: 'Compactas', comfortable: 'Amplias' },
    notificationKinds: {
      all: 'Con el mensaje',
      sender: 'Solo el dispositivo',
      nothing: 'Sin detalles',
      off: 'Ninguna',
    },
    poll: 'Segundos entre dos lecturas de la cola',
    save: 'Guardar',
    saved: 'Guardado.',
    version: (version) => `Versión ${version}`,
  };
}
