import { spawn } from 'node:child_process';
import { ROOT } from './places.mjs';

const TAIL_CHARACTERS = 6_000;
const QUIET_EVERY_S = 15;

/** A step that failed; `exitCode` is what the process should end with. */
export class StepFailed extends Error {
  constructor(label, tail, exitCode) {
    super(`${label} failed (exit code ${exitCode}).\n${tail}`);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a program as one step: on screen are its label and the seconds, its output only when it
 * fails. Everything goes to stderr, so that stdout stays the product's own.
 */
export async function runStep(label, command, args, { cwd = ROOT, env = {} } = {}) {
  const clock = showClock(label);
  let tail = '';
  const keep = (chunk) => {
    tail = (tail + chunk).slice(-TAIL_CHARACTERS);
  };
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command.endsWith('.cmd'),
  });
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const forget = endWithUs(child);
  const exitCode = await new Promise((resolve) => {
    child.on('error', (error) => {
      keep(`${error.message}\n`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
  forget();
  clock.stop(exitCode === 0 ? 'done' : 'failed');
  if (exitCode !== 0) throw new StepFailed(label, tail, exitCode);
}

function endWithUs(child) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}

function showClock(label) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const rewrites = Boolean(process.stderr.isTTY);
  const write = (text) => process.stderr.write(rewrites ? `\r\x1b[K${text}` : `${text}\n`);
  write(`${label}…`);
  const timer = setInterval(
    () => write(`${label}… ${seconds()} s`),
    (rewrites ? 1 : QUIET_EVERY_S) * 1000,
  );
  return {
    stop(outcome) {
      clearInterval(timer);
      write(`${label}: ${outcome} in ${seconds()} s`);
      if (rewrites) process.stderr.write('\n');
    },
  };
}
