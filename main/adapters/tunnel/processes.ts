import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process that was started, told apart from a later one with the same number by when it began. */
export interface StartedProcess {
  readonly pid: number;
  /** As the system tells it, together with the boot that it belongs to; compared, never read. */
  readonly began: string;
}

interface Stat {
  readonly pid: number;
  readonly session: number;
  /** Clock ticks since boot. */
  readonly began: string;
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** proc_pid_stat(5): the name in parentheses may hold anything, so fields are counted from its end. */
function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return null;
    return { pid, session: Number(fields[3]), began: fields[19] ?? '' };
  } catch {
    return null;
  }
}

/** The environment of a child: no secret is in it, as in ours there may be. */
export type ChildEnvironment = Readonly<Record<string, string>>;

function ask(command: string, args: readonly string[], env: ChildEnvironment): string | null {
  try {
    const answer = execFileSync(command, args, {
      env: { ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    });
    return answer.trim() === '' ? null : answer.trim();
  } catch {
    return null;
  }
}

/** When a process began; null when there is none. */
export function beganAt(pid: number, environment: ChildEnvironment): string | null {
  switch (process.platform) {
    case 'linux': {
      const stat = readStat(pid);
      return stat ? `${bootId()} ${stat.began}` : null;
    }
    case 'win32':
      return ask(
        'powershell.exe',
        ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`],
        environment,
      );
    default:
      return ask('ps', ['-o', 'lstart=', '-p', String(pid)], environment);
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

/** Ends a process that was started as the leader of its own group, and all that it started. */
export function endGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL', environment: ChildEnvironment): void {
  if (process.platform === 'win32') ask('taskkill', ['/PID', String(pid), '/T', '/F'], environment);
  else signalGroup(pid, signal);
}

/**
 * Whether a group that an earlier run left is still there. Its leader may be gone while others of its session live:
 * Linux gives the leader's number to nobody as long as they do.
 */
export function isLeftover({ pid, began }: StartedProcess, environment: ChildEnvironment): boolean {
  const now = beganAt(pid, environment);
  if (now !== null) return now === began;
  if (process.platform !== 'linux' || !began.startsWith(`${bootId()} `)) return false;
  return readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && readStat(Number(entry))?.session === pid);
}
