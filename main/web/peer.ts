import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/** An IPv4 address and port as /proc/net/tcp writes them: the address in the order of this machine's bytes. */
function asListed(address: string, port: number): string {
  const bytes = address.split('.').map(Number).toReversed();
  const hex = (value: number, length: number): string => value.toString(16).toUpperCase().padStart(length, '0');
  return `${bytes.map((byte) => hex(byte, 2)).join('')}:${hex(port, 4)}`;
}

/** The user who owns the other end of a loopback connection; null where the system does not tell. */
function ownerOf(address: string, port: number): number | null {
  const listed = asListed(address, port);
  let table: string;
  try {
    table = readFileSync('/proc/net/tcp', 'latin1');
  } catch {
    return null;
  }
  for (const line of table.split('\n')) {
    const [, local, , , , , , uid] = line.trim().split(/\s+/);
    if (local === listed && uid !== undefined) return Number(uid);
  }
  return null;
}

/**
 * Whether a connection is from another user of this computer, who may have seen our address in a list of processes
 * or been sent our cookie by a browser (all ports of a host share them). Linux tells; root needs no such way.
 */
export function isOtherUser(socket: Socket): boolean {
  const own = process.getuid?.();
  if (process.platform !== 'linux' || own === undefined) return false;
  const owner = ownerOf(socket.remoteAddress ?? '', socket.remotePort ?? 0);
  return owner !== null && owner !== own && owner !== 0;
}
