import { readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { SECURITY_HEADERS } from '../security-headers.js';
import { ExportedFile } from './exported-file.js';
import { escapeText, findPlaces, type FigurePlaces } from './figure-places.js';
import { inlineStyles } from './inline-styles.js';

type Options = {
  /** The texts of its places; rejects never. */
  figures: () => Promise<Partial<Record<string, string>>>;
  /** Called when it is asked for. */
  onPage?: () => void;
};

/**
 * The dashboard's first page with its styles and today's figures in it: all of it is there with the
 * first paint, before any script. From `dir`, which may be built or rebuilt at any time.
 */
export class FirstPage {
  readonly #file: string;
  readonly #dir: string;
  readonly #options: Options;
  #readAt: number | null = null;
  #places: FigurePlaces | null = null;
  #headers: ExportedFile['headers'] = {};

  constructor(dir: string, options: Options) {
    this.#dir = dir;
    this.#file = path.join(dir, 'index.html');
    this.#options = options;
  }

  /** Answers whoever asks for it; false: something else is asked for, or it has no places. */
  take({ method, url = '' }: IncomingMessage, response: ServerResponse): boolean {
    if (method !== 'GET' || !/^\/(?:\?|$)/.test(url)) return false;
    this.#refresh();
    if (this.#places === null) return false;
    this.#options.onPage?.();
    void this.#send(response, this.#places);
    return true;
  }

  /** Begins at once: what is around the figures is painted while they are being read. */
  async #send(response: ServerResponse, { texts: [before = '', ...texts], names }: FigurePlaces) {
    response.writeHead(200, this.#headers);
    response.write(before);
    const told = await this.#options.figures();
    response.end(texts.map((text, at) => escapeText(told[names[at] ?? ''] ?? '') + text).join(''));
  }

  #refresh(): void {
    const writtenAt = statSync(this.#file, { throwIfNoEntry: false })?.mtimeMs ?? null;
    if (writtenAt === this.#readAt) return;
    this.#readAt = writtenAt;
    this.#places = null;
    const exported = writtenAt === null ? null : readIfThere(this.#file);
    if (exported === null) return;
    const html = inlineStyles(exported, (href) => this.#sheet(href));
    this.#places = findPlaces(html);
    // What it says is of now: nobody keeps it.
    const { ETag: _ofTheFile, ...own } = new ExportedFile('index.html', Buffer.from(html)).headers;
    this.#headers = { ...SECURITY_HEADERS, ...own, 'Content-Type': 'text/html; charset=utf-8' };
  }

  #sheet(href: string): string | null {
    const file = path.join(this.#dir, href);
    return file.startsWith(path.join(this.#dir, '_next')) ? readIfThere(file) : null;
  }
}

/** Null while it is being built anew; whoever asks again is told what is wrong otherwise. */
function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
