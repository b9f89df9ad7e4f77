/** As `less` and `top` do: a screen of its own, so that nothing of the person's is wiped away. */
const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const CORNER = '\u001b[H';
const REST_OF_LINE = '\u001b[K';
const REST_OF_SCREEN = '\u001b[J';
/** A table's titles and the line below them. */
const HEAD = 2;

type Terminal = { rows: number; write(text: string): unknown };

/** A text that is shown in place, again and again. */
export class Screen {
  readonly #terminal: Terminal;
  #last = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    terminal.write(ENTER);
  }

  /** Shows a text with a line below it, as much of it as there is room for. */
  show(text: string, below: string): void {
    this.#last = text;
    const lines = [...fitting(text, this.#terminal.rows - 1), below];
    const painted = lines.map((line) => `${line}${REST_OF_LINE}`).join('\r\n');
    this.#terminal.write(`${CORNER}${painted}${REST_OF_SCREEN}`);
  }

  /** Gives the terminal back as it was, with the last text in it. */
  leave(): void {
    this.#terminal.write(`${LEAVE}${this.#last}`);
  }
}

/** At most `rows` lines: of a longer text the titles and its end, where the newest and the sum are. */
export function fitting(text: string, rows: number): string[] {
  const lines = text.replace(/\n$/u, '').split('\n');
  if (lines.length <= rows) return lines;
  const kept = rows - HEAD - 1;
  if (kept < 1) return lines.slice(-Math.max(rows, 1));
  const left = String(lines.length - HEAD - kept);
  return [...lines.slice(0, HEAD), `… ${left} more lines`, ...lines.slice(-kept)];
}
