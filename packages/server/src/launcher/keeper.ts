import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { isAnyAlive, markOf, processesWith, signalGroup, signalProcess } from './process-mark.js';
import {
  type RunFolder,
  type KeeperCommand,
  type KeeperEnd,
  type KeeperOrder,
} from './run-folder.js';

/** SIGINT lets the client write its sums within 0.1 s; then it is asked once more, then it ends. */
const LADDER: readonly { signal: NodeJS.Signals; afterMs: number }[] = [
  { signal: 'SIGTERM', afterMs: 5_000 },
  { signal: 'SIGKILL', afterMs: 8_000 },
];
/** What the client has started gets so long to end after it. */
const REST_MS = 1_000;
/** Watching a folder tells at once where it works; this is for where it doesn't. */
const LOOK_MS = 250;
/** Names the run in the environment of all that its client starts: its shells lead their own groups. */
const RUN_VARIABLE = 'CLAUDE_OPTIMIZER_RUN';

/**
 * Keeps one client: starts it, passes it what the daemon says, holds its limits of time and output,
 * and writes down its end. It outlives the daemon, so that a run does.
 */
export class Keeper {
  readonly #folder: RunFolder;
  readonly #order: KeeperOrder;
  #client: ChildProcess | null = null;
  #read = 0;
  #wallMs: number | null;
  #stoppedFor: KeeperEnd['stoppedFor'] = null;
  readonly #startedAt = Date.now();

  constructor(folder: RunFolder, order: KeeperOrder) {
    this.#folder = folder;
    this.#order = order;
    this.#wallMs = order.wallMs;
  }

  /** Runs the client to its end, which is written down when this resolves. */
  async keep(): Promise<void> {
    const client = this.#spawn();
    this.#client = client;
    const ended = new Promise<Pick<KeeperEnd, 'exitCode' | 'signal' | 'spawnError'>>((resolve) => {
      client.on('error', ({ message }) => {
        resolve({ exitCode: null, signal: null, spawnError: message });
      });
      client.on('exit', (exitCode, signal) => {
        resolve({ exitCode, signal, spawnError: null });
      });
    });
    if (client.pid !== undefined) this.#folder.putClient(markOf(client.pid));
    // A client that has ended reads no more; its exit says why.
    client.stdin?.on('error', () => undefined);
    for (const line of this.#order.input) this.#say(line);
    const watcher = fs.watch(this.#folder.folder, () => this.#look());
    const timer = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
    const how = await ended;
    watcher.close();
    clearInterval(timer);
    if (client.pid !== undefined) await endRest(client.pid, this.#mark());
    this.#folder.putEnd({ ...how, stoppedFor: this.#stoppedFor, at: Date.now() });
  }

  /** Ends the client politely, then less so. */
  stop(why: KeeperEnd['stoppedFor']): void {
    const pid = this.#client?.pid;
    if (this.#stoppedFor !== null || pid === undefined) return;
    this.#stoppedFor = why;
    // The client alone: it interrupts what it runs and writes its sums.
    this.#client?.kill('SIGINT');
    for (const { signal, afterMs } of LADDER) {
      setTimeout(() => signalGroup(pid, signal), afterMs).unref();
    }
  }

  /** Ends the client at once, for when this process can't go on. */
  abandon(): void {
    const pid = this.#client?.pid;
    if (pid !== undefined) signalGroup(pid, 'SIGKILL');
    for (const left of processesWith(this.#mark())) signalProcess(left, 'SIGKILL');
  }

  #mark(): string {
    return `${RUN_VARIABLE}=${this.#folder.folder}`;
  }

  #spawn(): ChildProcess {
    const { command, args, cwd, env } = this.#order;
    const output = fs.openSync(this.#folder.output, 'a', 0o600);
    const errors = fs.openSync(this.#folder.errors, 'a', 0o600);
    const kept = Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== null);
    // Straight into files: nothing is lost or held up when this process is.
    return spawn(command, args, {
      cwd,
      env: {
        ...(Object.fromEntries(kept) as NodeJS.ProcessEnv),
        [RUN_VARIABLE]: this.#folder.folder,
      },
      detached: true,
      stdio: ['pipe', output, errors],
    });
  }

  #look(): void {
    const commands = this.#folder.told();
    for (const command of commands.slice(this.#read)) this.#obey(command);
    this.#read = commands.length;
    if (this.#wallMs !== null && Date.now() - this.#startedAt >= this.#wallMs) {
      this.stop('time_limit');
    }
    const sizes = [this.#folder.output, this.#folder.errors].map((file) => fs.statSync(file).size);
    if (Math.max(...sizes) > this.#order.outputBytes) this.stop('output_limit');
  }

  #obey(command: KeeperCommand): void {
    switch (command.type) {
      case 'say':
        this.#say(command.line);
        return;
      case 'close':
        this.#client?.stdin?.end();
        return;
      case 'stop':
        this.stop('asked');
        return;
      case 'wall':
        this.#wallMs = command.wallMs;
    }
  }

  #say(line: string): void {
    if (this.#client?.stdin?.writable) this.#client.stdin.write(`${line}\n`);
  }
}

/** What the client left running is ended with it: its group, and what bears the run's mark. */
async function endRest(leader: number, mark: string): Promise<void> {
  const rest = [-leader, ...processesWith(mark)];
  if (!isAnyAlive(rest)) return;
  for (const pid of rest) signalProcess(pid, 'SIGTERM');
  const until = Date.now() + REST_MS;
  while (isAnyAlive(rest) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (const pid of rest) signalProcess(pid, 'SIGKILL');
}
