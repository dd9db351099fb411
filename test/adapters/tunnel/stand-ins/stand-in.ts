/*
 * Stands in for the program of a tunnel: prints what the real one prints. Run as `stand-in.ts SCRIPT ARGUMENTS…`, where
 * SCRIPT is JSON: steps done one after the other. `{port}` in a line is the port among the arguments.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

export type StandInStep =
  | { readonly print: string }
  | { readonly error: string }
  | { readonly bytes: number }
  | { readonly wait: number }
  | { readonly exit: number }
  /** Writes its arguments and environment there, as JSON. */
  | { readonly report: string }
  /** Starts a process of its own that never ends, and writes its number there. */
  | { readonly spawn: string }
  /** Does not end when asked to. */
  | { readonly deaf: true };

const [script = '[]', ...args] = process.argv.slice(2);
const port = /\d{4,5}/.exec(args.join(' '))?.[0] ?? process.env['PORT'] ?? '';
const steps = JSON.parse(script) as readonly StandInStep[];

async function take(step: StandInStep): Promise<void> {
  if ('print' in step) process.stdout.write(`${step.print.replaceAll('{port}', port)}\n`);
  else if ('error' in step) process.stderr.write(`${step.error.replaceAll('{port}', port)}\n`);
  else if ('bytes' in step)
    process.stdout.write(Buffer.from(Array.from({ length: step.bytes }, (_, at) => (at * 7919) % 256)));
  else if ('wait' in step) await new Promise((resolve) => setTimeout(resolve, step.wait));
  else if ('exit' in step) process.exit(step.exit);
  else if ('report' in step) writeFileSync(step.report, JSON.stringify({ args, environment: process.env }));
  else if ('spawn' in step) {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    writeFileSync(step.spawn, String(child.pid));
  } else process.on('SIGTERM', () => undefined);
}

for (const step of steps) await take(step);
setInterval(() => undefined, 1000);
