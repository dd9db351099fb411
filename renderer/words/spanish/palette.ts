import type { paletteWords as english } from '../english/palette.ts';

/** The palette, and what it lists beyond what buttons are called. */
export function paletteWords(): ReturnType<typeof english> {
  return {
    title: 'Todas las acciones',
    placeholder: '¿Qué quiere hacer?',
    none: 'Ninguna acción se llama así.',
    done: 'Hecho.',
    markAllRead: 'Marcar todos los mensajes como leídos',
    allRead: 'Todos los mensajes están marcados como leídos.',
    mute: 'Silenciar las notificaciones durante una hora',
    muted: 'Sin notificaciones durante una hora.',
    copyAddress: 'Copiar la dirección pública',
    retry: 'Probar todo de nuevo ahora',
    retried: 'Todo se prueba de nuevo.',
    onlyAccount: 'Mostrar solo los mensajes de esta cuenta',
    savedSearch: 'Ir a una búsqueda guardada',
    theme: { system: 'Tema del sistema', light: 'Tema claro', dark: 'Tema oscuro' },
    density: { dense: 'Filas compactas', comfortable: 'Filas amplias' },
    language: { system: 'Idioma del sistema', en: 'Switch to English', es: 'Cambiar a español' },
  };
}
