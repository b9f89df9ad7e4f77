import { inflateSync } from 'node:zlib';

type Objects = Map<string, string>;

/** All that can be read in a PDF of ours: its pages' texts, its table of contents and its facts. */
export function textOfPdf(pdf: Buffer): string {
  const objects: Objects = new Map();
  const file = pdf.toString('latin1');
  for (const [, id = '', body = ''] of file.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj$/gmu)) {
    objects.set(id, body);
  }
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/u.test(body));
  return [...pages.map((page) => textOfPage(page, objects)), wordsOutside(objects)].join('\n');
}

/** Strings in objects that are no streams, as bytes and as UTF-16. */
function wordsOutside(objects: Objects): string {
  const bodies = [...objects.values()].filter((body) => !body.includes('\nstream\n'));
  return bodies.map((body) => body + body.replaceAll('\0', '')).join('\n');
}

function textOfPage(page: string, objects: Objects): string {
  const fonts = new Map<string, string[]>();
  const resources = objects.get(refOf(page, 'Resources')) ?? '';
  for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/gu)) {
    const cmap = streamOf(objects.get(refOf(objects.get(id) ?? '', 'ToUnicode')) ?? '');
    fonts.set(name, lettersOf(cmap));
  }
  let letters: string[] = [];
  let text = '';
  let height = '';
  const content = streamOf(objects.get(refOf(page, 'Contents')) ?? '');
  const marks = /\/(F\d+) [\d.]+ Tf|1 0 0 1 \S+ (\S+) Tm|\[(.*?)\] TJ/gu;
  for (const [, font, y, glyphs] of content.matchAll(marks)) {
    if (font !== undefined) letters = fonts.get(font) ?? [];
    if (y !== undefined && y !== height) text += '\n';
    height = y ?? height;
    for (const [, hex = ''] of (glyphs ?? '').matchAll(/<([\da-f]+)>/gu)) {
      for (const code of hex.match(/.{4}/gu) ?? []) text += letters[parseInt(code, 16)] ?? '?';
    }
  }
  return text;
}

function refOf(body: string, name: string): string {
  return new RegExp(`/${name} (\\d+) 0 R`, 'u').exec(body)?.[1] ?? '';
}

function streamOf(body: string): string {
  const [, bytes] = /\nstream\n([\s\S]*)\nendstream$/u.exec(body) ?? [];
  if (bytes === undefined) throw new Error('no stream where one was expected');
  return inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1');
}

/** What each glyph stands for, by its number. */
function lettersOf(cmap: string): string[] {
  const letters: string[] = [];
  for (const [, all = ''] of cmap.matchAll(/^<[\da-f]{4}> <[\da-f]{4}> \[(.*)\]$/gmu)) {
    for (const [, units = ''] of all.matchAll(/<([\da-f ]*)>/gu)) {
      const codes = units.split(' ').filter((unit) => unit !== '');
      letters.push(String.fromCharCode(...codes.map((unit) => parseInt(unit, 16))));
    }
  }
  return letters;
}
