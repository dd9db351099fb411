/*
 * A tunnel on this computer: `rotating-proxy.ts LOCAL_PORT PID_FILE`. Passes connections on from a port that ThingSpace
 * calls. At SIGUSR2 it cuts all of them and has another port from then on, as a tunnel with random names.
 */
import { writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';

const [localPort = '', pidFile = ''] = process.argv.slice(2);
const sockets = new Set<Socket>();
let current: Server | null = null;
let next = 28_200 + (process.pid % 21);

function keep(socket: Socket): void {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
}

function pass(from: Socket): void {
  const to = connect(Number(localPort), '127.0.0.1');
  keep(from);
  keep(to);
  from.pipe(to).pipe(from);
  from.on('error', () => to.destroy());
  to.on('error', () => from.destroy());
}

async function listen(port: number): Promise<Server | null> {
  const server = createServer(pass);
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function rotate(): Promise<void> {
  current?.close();
  for (const socket of sockets) socket.destroy();
  for (current = null; current === null; ) {
    next = next >= 28_220 ? 28_200 : next + 1;
    current = await listen(next);
  }
  process.stdout.write(`your address is http://127.0.0.1:${next} now\n`);
}

process.on('SIGUSR2', () => void rotate());
await rotate();
writeFileSync(pidFile, String(process.pid));
