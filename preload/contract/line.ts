import { z } from 'zod';
import { snapshot } from './snapshot.ts';

/* What a window in a browser and its face say to each other over one WebSocket, each message a text of JSON. */

/** Where on the face's address the line begins. */
export const linePath = '/line';

export const lineCall = z.object({ id: z.number().int().nonnegative(), name: z.string().max(64), input: z.unknown() });
/** A method called by the window. `id`: that of its answer, the window's own choice. */
export type LineCall = Readonly<z.infer<typeof lineCall>>;

export const lineAnswer = z.object({ id: z.number().int().nonnegative(), answer: z.unknown() });
/** The result of a call, which the schema of its method parses. */
export type LineAnswer = Readonly<z.infer<typeof lineAnswer>>;

export const lineSnapshot = z.object({ snapshot });
/** How things stand: told at the beginning of a line and whenever they changed. */
export type LineSnapshot = Readonly<z.infer<typeof lineSnapshot>>;
