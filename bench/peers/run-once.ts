import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { peakOfLargest } from '../memory.js';

const SAMPLE_MS = 10;

/** One run of a program: wall time (s), the peak of its largest process (MiB), what it printed. */
export type Run = { seconds: number; peakMiB: number; stdout: string };

/** Runs a script to its end with a HOME of its own. Throws when it fails, with what it said. */
export async function runOnce(script: string, args: string[], home: string): Promise<Run> {
  const env = { PATH: process.env['PATH'], HOME: home, TZ: 'UTC', NO_COLOR: '1', CI: '1' };
  const began = performance.now();
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...env, CLAUDE_CONFIG_DIR: `${home}/.claude` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr, peakMiB] = ['', '', 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const sampling = setInterval(() => {
    peakMiB = Math.max(peakMiB, peakOfLargest(child.pid ?? 0));
  }, SAMPLE_MS);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(sampling);
  const seconds = (performance.now() - began) / 1_000;
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}: ${stderr.slice(0, 500)}`);
  return { seconds, peakMiB, stdout };
}
