import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../harness/bench.ts';

export interface DebianPackages {
  /** Where a file of the packages lies: in the folder they were unpacked to, or in the system where they are installed. */
  path(file: string): string;
  readonly version: string;
  /** For the programs in it to find their libraries. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Packages with what they need, downloaded and unpacked into a folder of this run; nothing is installed. */
export function unpackDebian(bench: Bench, packages: readonly string[]): DebianPackages | string {
  try {
    const folder = bench.folder(`debian-${packages[0]}`);
    const planned = execFileSync('apt-get', ['install', '-s', '--no-install-recommends', ...packages], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const wanted = [...planned.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] ?? '');
    if (wanted.length > 0) execFileSync('apt-get', ['download', ...wanted], { cwd: folder, stdio: 'ignore' });
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb')))
      execFileSync('dpkg', ['-x', join(folder, file), folder]);
    const shown = execFileSync('apt-cache', ['policy', packages[0] ?? ''], { encoding: 'utf8' });
    const version = /Candidate: (\S+)/.exec(shown)?.[1] ?? 'of unknown version';
    const libraries = ['lib', 'usr/lib'].flatMap((parent) =>
      existsSync(join(folder, parent))
        ? readdirSync(join(folder, parent))
            .filter((name) => name.endsWith('-linux-gnu'))
            .map((name) => join(folder, parent, name))
        : [],
    );
    return {
      version,
      environment: { ...process.env, LD_LIBRARY_PATH: libraries.join(':') },
      path: (file) => (existsSync(join(folder, file)) ? join(folder, file) : file),
    };
  } catch (error) {
    return `Debian's ${packages.join(' and ')} could not be fetched (${error instanceof Error ? error.message.split('\n')[0] : String(error)}).`;
  }
}
