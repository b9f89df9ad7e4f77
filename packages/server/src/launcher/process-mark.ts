import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import type { ProcessMark } from './run-folder.js';

/** The process as it can be told from a later one with the same number. */
export function markOf(pid: number): ProcessMark {
  return { pid, startedAt: startedAt(pid) };
}

/** Whether exactly this process still lives. */
export function isAlive({ pid, startedAt: began }: ProcessMark): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return began === null || startedAt(pid) === began;
}

/** Whether any of these lives: a process, or with `-leader` any of the group that it began. */
export function isAnyAlive(pids: readonly number[]): boolean {
  return pids.some((pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  });
}

/** Sends a signal to the whole group; one that has ended already needs none. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  signalProcess(-leader, signal);
}

/** The same for one process. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Leaders of groups with this word among their arguments; none where that can't be seen. */
export function leadersWith(word: string): number[] {
  try {
    const all = execFileSync('ps', ['-eo', 'pid=,pgid=,args='], { encoding: 'utf8' });
    return all.split('\n').flatMap((line) => {
      const [pid, group, ...args] = line.trim().split(/\s+/u);
      return pid === group && args.includes(word) ? [Number(pid)] : [];
    });
  } catch {
    return [];
  }
}

/** Processes that have exactly this in their environment; none where that can't be seen. */
export function processesWith(variable: string): number[] {
  if (process.platform !== 'linux') return [];
  return fs.readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    return Number.isInteger(pid) && environmentOf(pid).includes(variable) ? [pid] : [];
  });
}

function environmentOf(pid: number): string[] {
  try {
    return fs.readFileSync(`/proc/${String(pid)}/environ`, 'utf8').split('\0');
  } catch {
    // It has ended meanwhile, or is another person's.
    return [];
  }
}

/** When it was started, in the system's own words; null where they can't be had. */
function startedAt(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = fs.readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
      // After the name, which may hold anything: the 22nd field, in ticks since boot; Z is a corpse.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null);
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}
