import fs from 'node:fs';

const CHUNK = 256 * 1_024;
const LF = 0x0a;

/** Reads a file that grows, line by line; a line that is being written waits. */
export class OutputTail {
  readonly #file: string;
  #position = 0;
  #held: Buffer[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  /** The whole lines that have come since the last call; the last one too when `ended`. */
  *read(ended = false): Generator<string> {
    if (!fs.existsSync(this.#file)) return;
    const fd = fs.openSync(this.#file, 'r');
    try {
      const chunk = Buffer.allocUnsafe(CHUNK);
      for (;;) {
        const size = fs.readSync(fd, chunk, 0, CHUNK, this.#position);
        if (size === 0) break;
        this.#position += size;
        yield* this.#split(Buffer.from(chunk.subarray(0, size)));
      }
    } finally {
      fs.closeSync(fd);
    }
    if (ended && this.#held.length > 0) yield this.#take();
  }

  *#split(bytes: Buffer): Generator<string> {
    let from = 0;
    for (let lf = bytes.indexOf(LF); lf !== -1; lf = bytes.indexOf(LF, from)) {
      this.#held.push(bytes.subarray(from, lf));
      from = lf + 1;
      yield this.#take();
    }
    if (from < bytes.length) this.#held.push(bytes.subarray(from));
  }

  #take(): string {
    const line = Buffer.concat(this.#held).toString('utf8');
    this.#held = [];
    return line;
  }
}
