import type { exportWords as english } from '../english/export.ts';
import type { Formats } from '../formats.ts';

/** What the filter shows, into a file. */
export function exportWords({ number, count: counted, form }: Formats): ReturnType<typeof english> {
  return {
    title: 'Exportar mensajes',
    button: 'Exportar lo que se muestra',
    all: (count) =>
      form(count, {
        one: `El único mensaje guardado (${number(count)}).`,
        many: `Todos los mensajes guardados (${number(count)}), del más antiguo al más nuevo.`,
        other: `Todos los mensajes guardados (${number(count)}), del más antiguo al más nuevo.`,
      }),
    found: (count) =>
      `${counted(count, { one: 'mensaje', many: 'de mensajes', other: 'mensajes' })} de esta búsqueda, del más antiguo al más nuevo:`,
    format: 'Formato',
    formats: { csv: 'CSV', ndjson: 'NDJSON' },
    meaning: {
      csv: 'Para hojas de cálculo: un encabezado, una fila por mensaje, y nada que una hoja de cálculo pudiera ejecutar.',
      ndjson: 'Para programas: un objeto JSON por línea.',
    },
    begin: 'Exportar',
    cancel: 'Cancelar la exportación',
    progress: (written, total) => `${number(written)} de ${number(total)}`,
    states: {
      waiting: 'Esperando a que el navegador lo descargue…',
      running: 'Exportando…',
      done: 'Exportado.',
      cancelled: 'Cancelado. No queda ningún archivo.',
      failed: 'La exportación falló.',
    },
    hash: 'Hash del último mensaje',
  };
}
