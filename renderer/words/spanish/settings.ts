import type { credentialWords as englishCredentials, settingsWords as englishSettings } from '../english/settings.ts';
import type { Formats } from '../formats.ts';

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
export function settingsWords({ number }: Formats): ReturnType<typeof englishSettings> {
  const range = (least: number, most: number): string => `${number(least)} a ${number(most)}`;
  return {
    title: 'Ajustes',
    language: 'Idioma',
    languages: { system: 'Sistema', en: 'English', es: 'Español' },
    theme: 'Tema',
    themes: { system: 'Sistema', light: 'Claro', dark: 'Oscuro' },
    density: 'Filas',
    densities: { dense: 'Compactas', comfortable: 'Amplias' },
    notifications: 'Notificaciones',
    notificationKinds: {
      all: 'Con el mensaje',
      sender: 'Solo el dispositivo',
      nothing: 'Sin detalles',
      off: 'Ninguna',
    },
    publicUrl: 'Dirección pública',
    publicUrlHint:
      'Por dónde llega ThingSpace a esta aplicación desde fuera: https con un certificado de una autoridad reconocida, en el puerto 80, 443, 9001–9006, 28200–28220 o 50551–50559. Vacía: los mensajes se leen de la cola.',
    poll: 'Segundos entre dos lecturas de la cola',
    pollHint: (least, most) => `De ${range(least, most)}.`,
    pollWrong: (least, most) => `Un número de ${range(least, most)}.`,
    save: 'Guardar',
    saved: 'Guardado.',
    version: (version) => `Versión ${version}`,
  };
}
