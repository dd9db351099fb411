import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildArchive, builder } from './app-archive.ts';
import { type Machine, type PlannedPackage, planPackages } from './package-plan.ts';

/* `npm run package`: makes what this machine can, and says of everything else why not and where it can be made. */

const root = join(import.meta.dirname, '..');
const answersWithinMs = 5_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function reachesGitHub(): Promise<boolean> {
  const signal = AbortSignal.timeout(answersWithinMs);
  return await fetch('https://github.com/', { method: 'HEAD', signal }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function thisMachine(): Promise<Machine> {
  return {
    platform: process.platform,
    hasElectron: existsSync(join(root, 'node_modules', 'electron', 'path.txt')),
    reachesGitHub: await reachesGitHub(),
    environment: Object.keys(process.env),
  };
}

async function make({ options }: PlannedPackage, more: readonly string[]): Promise<boolean> {
  const command = [builder, ...options, '--publish', 'never', ...more];
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code === 0;
}

/** Where nothing else can be made, at least what is in every package. */
async function makeArchive(): Promise<void> {
  const folder = join(root, 'dist', 'archive');
  const archive = join(await buildArchive(folder), 'resources', 'app.asar');
  say(`app.asar: made, ${statSync(archive).size.toLocaleString('en-US')} bytes: ${relative(root, archive)}`);
  say('  It is what every package carries, with its native modules and licences beside it, but without Electron.');
}

const more = process.argv.slice(2);
const planned = planPackages(await thisMachine());
if (planned.every(({ obstacle }) => obstacle !== null)) await makeArchive();
for (const each of planned) {
  if (each.obstacle !== null) say(`${each.target}: not made, ${each.obstacle}`);
  else if (await make(each, more))
    say(`${each.target}: made, in dist/.${each.remark === null ? '' : ` ${each.remark}`}`);
  else {
    say(`${each.target}: failed; electron-builder says above why.`);
    process.exitCode = 1;
  }
}
