import PDFDocument from 'pdfkit';
import { Fonts, type Face, type Weight } from './fonts.js';
import { setLines, type Line } from './lines.js';

/** Inside these both A4 and Letter print all of it. */
const PAGE = { width: 595.28, height: 841.89 } as const;
const MARGIN = { x: 52, top: 64, bottom: 84 } as const;
const LEADING = 1.42;

/** On paper: what the dashboard's light theme has, a little darker. */
export const INK = {
  text: '#1d1f23',
  quiet: '#5c6068',
  line: '#d5d8dc',
  accent: '#3f5bd8',
  good: '#1f7a4d',
  bad: '#a3281e',
  input: '#3f6fb5',
  output: '#c2571a',
  cacheWrite: '#7a5ba6',
  cacheRead: '#a3abb6',
} as const;

export type Style = { size?: number; weight?: Weight; color?: string; most?: number };

/** A document being written from top to bottom: it knows where it is and begins pages by itself. */
export class Paper {
  readonly left: number = MARGIN.x;
  readonly width: number = PAGE.width - 2 * MARGIN.x;
  readonly fonts: Fonts;
  y: number = MARGIN.top;
  readonly #doc: PDFKit.PDFDocument;
  readonly #footer: string;
  readonly #registered = new Set<string>();
  #page = 0;

  constructor(options: { title: string; madeAt: Date; fonts?: Fonts }) {
    this.fonts = options.fonts ?? new Fonts();
    this.#footer = options.title;
    // Its cache of words would grow with the document; ours doesn't.
    this.#doc = new PDFDocument({
      ...{
        size: [PAGE.width, PAGE.height],
        margin: 0,
        autoFirstPage: false,
        compress: true,
        fontLayoutCache: false,
      },
      ...{
        lang: 'en',
        displayTitle: true,
        pdfVersion: '1.7',
        // None: the one that it would take is never used.
        font: null as unknown as string,
      },
      info: {
        Title: options.title,
        Creator: 'Claude Code Optimizer',
        CreationDate: options.madeAt,
      },
    });
    this.addPage();
  }

  get bottom(): number {
    return PAGE.height - MARGIN.bottom;
  }

  /** What has been written since it was last asked for. */
  taken(): Uint8Array[] {
    const written = this.#doc.read() as Uint8Array | null;
    return written === null ? [] : [written];
  }

  addPage(): void {
    this.#page += 1;
    this.#doc.addPage();
    this.y = PAGE.height - MARGIN.bottom + 30;
    const footer = { size: 8, color: INK.quiet, most: 1 };
    const [line] = this.set(this.#footer, { ...footer, width: this.width - 80 });
    if (line) this.draw(line, this.left, this.y, { ...footer, width: this.width - 80 });
    const number = this.set(String(this.#page), { ...footer, width: 40 })[0];
    if (number) this.draw(number, this.left + this.width - number.width, this.y, footer);
    this.y = MARGIN.top;
  }

  /** Begins another page unless there is so much room on this one. */
  need(height: number): void {
    if (this.y + height > this.bottom) this.addPage();
  }

  /** A place in the reader's table of contents. */
  mark(title: string): void {
    this.#doc.outline.addItem(title.slice(0, 120));
  }

  set(
    text: string,
    { size = 10, weight = 'regular', width, most = 1_000 }: Style & { width: number },
  ): Line[] {
    return setLines(this.fonts, text, { size, weight, width, most });
  }

  /** A paragraph over the whole width, or from `x` on; goes on on the next page. */
  text(text: string, style: Style & { x?: number; width?: number } = {}): void {
    const { size = 10, x = this.left, width = this.width - (x - this.left) } = style;
    for (const line of this.set(text, { ...style, width })) {
      this.need(size * LEADING);
      this.draw(line, x, this.y, { ...style, width });
      this.y += size * LEADING;
    }
  }

  /** One line with its upper edge at `y`; what is read from the right stands at the right. */
  draw(
    line: Line,
    x: number,
    y: number,
    { size = 10, color = INK.text, width }: Style & { width?: number },
  ): void {
    let at = line.rightToLeft && width !== undefined ? x + width - line.width : x;
    this.#doc.fillColor(color);
    for (const { face, text, width: length } of line.runs) {
      this.#use(face, size);
      if (text.trim() !== '') {
        this.#doc.text(text, at, y + size * 0.95, { lineBreak: false, baseline: 'alphabetic' });
      }
      at += length;
    }
  }

  rule(y = this.y): void {
    this.#doc
      .moveTo(this.left, y)
      .lineTo(this.left + this.width, y)
      .lineWidth(0.5)
      .stroke(INK.line);
  }

  box(x: number, y: number, width: number, height: number, color: string): void {
    if (width > 0 && height > 0) this.#doc.rect(x, y, width, height).fill(color);
  }

  frame(x: number, y: number, width: number, height: number): void {
    this.#doc.roundedRect(x, y, width, height, 4).lineWidth(0.6).stroke(INK.line);
  }

  curve(points: readonly { x: number; y: number }[], color: string): void {
    points.forEach(({ x, y }, index) =>
      index === 0 ? this.#doc.moveTo(x, y) : this.#doc.lineTo(x, y),
    );
    if (points.length > 1) this.#doc.lineWidth(1.2).lineJoin('round').stroke(color);
  }

  /** Writes what can only be known at the end. */
  end(): void {
    this.#doc.end();
  }

  #use(face: Face, size: number): void {
    if (!this.#registered.has(face.id)) {
      this.#registered.add(face.id);
      // It takes a font that is open as well, which its types don't say.
      this.#doc.registerFont(face.id, face.font as unknown as string);
    }
    this.#doc.font(face.id).fontSize(size);
  }
}
