import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const SOURCES = ['--import', 'tsx', '--conditions=@claude-optimizer/source'];

/** A command line of ours, run from its sources in a process of its own. */
export class CliProcess {
  stdout = '';
  stderr = '';
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  private readonly closed: Promise<unknown>;

  /** `home` is where it looks for whatever isn't named. */
  constructor(home: string, args: string[], entry = './main.ts') {
    const file = fileURLToPath(new URL(entry, import.meta.url));
    this.process = spawn(process.execPath, [...SOURCES, file, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: home, NO_COLOR: '1' },
    });
    this.process.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.closed = once(this.process, 'close');
  }

  /** Its exit code, once it has ended by itself. */
  async exit(): Promise<number | null> {
    await this.closed;
    return this.process.exitCode;
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    this.process.kill(signal);
    return this.exit();
  }

  /** The URL that it has printed. */
  async url(): Promise<string> {
    const seen = () => /http:\S+/.exec(this.stdout)?.[0] ?? this.stderr;
    await expect.poll(seen, { timeout: 20_000, interval: 20 }).toMatch(/^http:/);
    return seen();
  }
}
