import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A secret that is found nowhere by chance. */
export function canary(name: string): string {
  return `canary${name}${randomBytes(9).toString('hex')}`;
}

/** How a text can hide in another: as it is, in hexadecimal, and in Base64 at any of three beginnings. */
function disguises(secret: string): readonly Buffer[] {
  const base64 = [0, 1, 2].map((shift) => {
    const written = Buffer.from('.'.repeat(shift) + secret).toString('base64');
    // The first and the last characters also hold bits of what stands beside it.
    return written.slice(shift === 0 ? 0 : 4, -4);
  });
  const plain = [secret, Buffer.from(secret, 'utf16le').toString('latin1'), Buffer.from(secret).toString('hex')];
  return [...plain, ...base64].map((text) => Buffer.from(text, 'latin1'));
}

/** Where secrets are looked for, under a name that tells a person where that is. */
export type Places = Map<string, Buffer>;

/** Each secret that stands in a place where it must not, as `secret in place`. */
export function findSecrets(secrets: Readonly<Record<string, string>>, places: Places): readonly string[] {
  const found: string[] = [];
  for (const [name, secret] of Object.entries(secrets)) {
    if (secret.length < 8) throw new Error(`${name} is too short to be looked for`);
    const needles = disguises(secret);
    for (const [place, bytes] of places) {
      if (needles.some((needle) => bytes.includes(needle))) found.push(`${name} in ${place}`);
    }
  }
  return found;
}

/** Every file under a folder, read now. */
export function addFolder(places: Places, name: string, folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    places.set(`${name}:${path.slice(folder.length)} ${places.size}`, readFileSync(path));
  }
}

function parentOf(pid: string): string | null {
  try {
    return /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1] ?? null;
  } catch {
    return null;
  }
}

function familyOf(pid: number): ReadonlySet<string> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const family = new Set([String(pid)]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const one of pids) if (family.has(parentOf(one) ?? '')) family.add(one);
  }
  return family;
}

/** Command line and environment of a process and of all that it started. `given`: its own environment may hold them. */
export function addProcesses(places: Places, pid: number, given = false): void {
  for (const one of familyOf(pid)) {
    for (const file of ['cmdline', 'environ']) {
      if (given && one === String(pid) && file === 'environ') continue;
      try {
        places.set(
          `/proc/${one === String(pid) ? 'command' : 'child'}/${file} ${places.size}`,
          readFileSync(`/proc/${one}/${file}`),
        );
      } catch {
        // It ended in between.
      }
    }
  }
}
