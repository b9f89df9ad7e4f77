import fs from 'node:fs';

/** Memory of a process and its children in MiB, now and at its peak. */
export type Memory = { now: number; peak: number };

/** Reads it from /proc; null where there is none (not Linux). */
export function memoryOf(pid: number): Memory | null {
  if (!fs.existsSync('/proc/self/status')) return null;
  const family = [pid, ...childrenOf(pid)];
  return {
    now: family.reduce((sum, id) => sum + field(id, 'VmRSS'), 0),
    peak: family.reduce((sum, id) => sum + field(id, 'VmHWM'), 0),
  };
}

/** Peak of the largest among a process and its children in MiB; 0 where there is no /proc. */
export function peakOfLargest(pid: number): number {
  if (!fs.existsSync(`/proc/${String(pid)}/task`)) return 0;
  return Math.max(...[pid, ...childrenOf(pid)].map((id) => field(id, 'VmHWM')));
}

function childrenOf(pid: number): number[] {
  const children = tasksOf(pid)
    .flatMap((task) => readProc(`/proc/${String(pid)}/task/${task}/children`).split(' '))
    .filter((id) => id !== '')
    .map(Number);
  return children.flatMap((child) => [child, ...childrenOf(child)]);
}

function tasksOf(pid: number): string[] {
  try {
    return fs.readdirSync(`/proc/${String(pid)}/task`);
  } catch {
    // It has ended.
    return [];
  }
}

function field(pid: number, name: string): number {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(
    readProc(`/proc/${String(pid)}/status`),
  );
  return Number(line?.[1] ?? 0) / 1_024;
}

// A process may end between being listed and being read.
function readProc(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
