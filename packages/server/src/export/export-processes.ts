import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OptimizerError, type ExportRequest } from '@claude-optimizer/protocol';
import { Turns } from './turns.js';

/** Beside this module in the build as in the bundle. */
const CHILD = fileURLToPath(new URL('./export-child.js', import.meta.url));
/** From TypeScript source: the build's. */
const BUILT = fileURLToPath(new URL('../../dist/export/export-child.js', import.meta.url));
/** The heap stays close to what is in use. */
const HEAP = ['--max-semi-space-size=4', '--heap-growing-percent=30'];
/** The machine has other things to do. */
const AT_ONCE = 2;

/** What there is to read: the store's file, and where transcripts are and are kept. */
type Places = { file: string; claudeDirs: readonly string[]; dataDir: string };

/** What the process is told; `now`: what time it is (epoch ms). */
export type ExportOrder = Places & { request: ExportRequest; now: number };

export type Making = { pieces: AsyncIterable<Uint8Array>; passed: () => number };

/**
 * Makes exports in processes of their own, at a low priority: setting type takes the time of many
 * live lines. Two at once, and two that only look how large one would be; the others wait.
 */
export class ExportProcesses {
  readonly #places: Places;
  readonly #turns = { whole: new Turns(AT_ONCE), preview: new Turns(AT_ONCE) };

  constructor(places: Places) {
    this.#places = places;
  }

  /** Null for a store in memory, and where it runs from sources that were never built. */
  static for(places: Places): ExportProcesses | null {
    const isBuilt = existsSync(CHILD) || existsSync(BUILT);
    return places.file !== ':memory:' && isBuilt ? new ExportProcesses(places) : null;
  }

  /** Nothing is started before the first piece is asked for; `signal` ends it at any time. */
  make(
    order: Omit<ExportOrder, keyof Places>,
    signal: AbortSignal,
    kind: 'whole' | 'preview',
  ): Making {
    let passed = 0;
    const onPassed = (count: number) => {
      passed = count;
    };
    const whole = { ...order, ...this.#places };
    return { pieces: piecesOf(whole, this.#turns[kind], signal, onPassed), passed: () => passed };
  }
}

async function* piecesOf(
  order: ExportOrder,
  turns: Turns,
  signal: AbortSignal,
  onPassed: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  const end = await turns.take(signal);
  const child = fork(existsSync(CHILD) ? CHILD : BUILT, {
    ...{ stdio: ['pipe', 'pipe', 'pipe', 'ipc'], execArgv: HEAP, signal, killSignal: 'SIGKILL' },
  });
  try {
    const ended = endOf(child);
    child.on('message', (count) => {
      onPassed(Number(count));
    });
    child.stdin?.on('error', () => undefined).end(JSON.stringify(order));
    // Read no faster than whoever asked takes it: the pipe fills, and the process waits.
    for await (const piece of child.stdout ?? []) yield piece as Uint8Array;
    await ended;
  } finally {
    child.kill('SIGKILL');
    end();
  }
}

/** Resolves when it has ended well. */
function endOf(child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said = `${said}${text.toString()}`.slice(0, 2_000)));
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(failed(said, signal));
    });
  });
  // It may be broken off before anyone waits for it.
  ended.catch(() => undefined);
  return ended;
}

function failed(said: string, signal: string | null): OptimizerError {
  const [reason = ''] = said.trim().split('\n');
  const why = reason === '' ? (signal ?? 'it ended') : reason.slice(0, 300);
  return new OptimizerError('internal', `The export could not be made: ${why}.`, {
    fix: 'Try again, or export fewer sessions at once.',
  });
}
