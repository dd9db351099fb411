/* Floor (a): node:http that parses and answers, and keeps nothing. */
import { createServer } from 'node:http';
import { listenOnLoopback } from './bare-http.ts';
import { serveSubject } from './serve-subject.ts';

await serveSubject(() => listenOnLoopback(createServer(), (_body, answer) => answer()));
