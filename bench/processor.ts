import fs from 'node:fs';

/** Whether this system tells what `cpuOf` asks. */
export function tellsProcessor(): boolean {
  return fs.existsSync('/proc/self/schedstat');
}

/** Processor time of all of a process's threads so far, in ms to the ns; Linux alone tells it. */
export function cpuOf(pid: number): number {
  const tasks = `/proc/${String(pid)}/task`;
  return fs
    .readdirSync(tasks)
    .reduce((sum, task) => sum + nanoseconds(`${tasks}/${task}/schedstat`) / 1e6, 0);
}

// A thread may end between being listed and being read.
function nanoseconds(file: string): number {
  try {
    return Number(fs.readFileSync(file, 'utf8').split(' ')[0]);
  } catch {
    return 0;
  }
}
