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

/** Whether any process of the group lives that `leader` began. */
export function isGroupAlive(leader: number): boolean {
  try {
    process.kill(-leader, 0);
    return true;
  } catch {
    return false;
  }
}

/** Sends a signal to the whole group; one that has ended already needs none. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
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
