import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { Following } from '../../transcripts/following.fixture.js';
import { Lines, SESSION } from '../../transcripts/lines.fixture.js';
import { Exported } from '../exported.js';
import { ExportSource } from '../export-source.js';
import { Fonts } from './fonts.js';
import { setLines } from './lines.js';
import { writePdf } from './write-pdf.js';

/** Where the files go for a person to look at; nowhere when it isn't set. */
const SHOWN = process.env['EXPORT_PDF_FOLDER'];
const MADE_AT = '2026-01-06T00:00:00.000Z';

let following: Following | null = null;
afterEach(async () => {
  await following?.close();
  following = null;
});

/** The report on a session of these prompts, objectives and answers. */
async function reportOf(
  name: string,
  { prompt = 'Go', objectives = [] as string[], answer = 'Done.', fonts = new Fonts() },
) {
  following = await Following.prepare();
  const lines = new Lines(SESSION);
  const todos = objectives.map((content, index) => ({
    content,
    status: index % 3 === 0 ? 'completed' : index % 3 === 1 ? 'in_progress' : 'pending',
    activeForm: 'x',
  }));
  const listed =
    todos.length === 0
      ? ''
      : lines.calls('m1', 't1', 'TodoWrite', { todos }) + lines.result('t1', 'ok');
  const text = lines.prompt(prompt) + listed + lines.says('m2', answer);
  await following.write(`claude/projects/-p/${SESSION}.jsonl`, text);
  await following.start();
  const { exports: reads } = following.store;
  const origin = {
    reads,
    between: <T>(work: () => Promise<T>) => work(),
    now: () => 0,
    elsewhere: null,
  };
  const pieces: Uint8Array[] = [];
  const exported = new Exported(new ExportSource(origin, {}), []);
  for await (const piece of writePdf(exported, MADE_AT, fonts)) pieces.push(piece);
  const pdf = Buffer.concat(pieces);
  if (SHOWN !== undefined) writeFileSync(path.join(SHOWN, `${name}.pdf`), pdf);
  return { pdf, pages: pagesOf(pdf), fonts };
}

/** Pages by their objects; the file is whole when it ends as it should. */
function pagesOf(pdf: Buffer): number {
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.subarray(-6).toString().trim()).toBe('%%EOF');
  return pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/gu)?.length ?? 0;
}

/** What is drawn on the pages, as PDF's own commands. */
function drawn(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/\/FlateDecode\s*>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/gu)]
    .map(([, body = '']) => {
      try {
        return inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
      } catch {
        return '';
      }
    })
    .join('\n');
}

describe('a report on paper', () => {
  it.each([
    [
      'long-title',
      { prompt: 'A very long title that goes on and on without an end in sight '.repeat(6) },
    ],
    ['one-word-title', { prompt: 'antidisestablishmentarianism'.repeat(12) }],
    ['no-objectives', {}],
    [
      'right-to-left',
      {
        prompt: 'בדיקה של כיוון הטקסט (עם סוגריים) ו-English באמצע 123',
        objectives: [
          'مرحبا بالعالم، هذا اختبار للنص العربي',
          'שלום עולם',
          'Mixed مرحبا and שלום words',
        ],
        answer:
          'هذا نص طويل يمتد على أكثر من سطر واحد حتى نرى كيف تنكسر السطور من اليمين إلى اليسار، مع كلمات English وأرقام 2026 في الوسط.',
      },
    ],
    [
      'emoji',
      {
        prompt: 'Ship it 🚀🎉 with 👩‍💻 and 👍🏽, flags 🇩🇪, hearts ❤️',
        objectives: [
          '✅ tests',
          '🐛 fix',
          'Zażółć gęślą jaźń',
          'Привет, мир',
          'Γειά σου Κόσμε',
          'Tiếng Việt',
          'हिन्दी पाठ',
        ],
      },
    ],
    [
      'cjk',
      { prompt: '請修復登入頁面的錯誤', objectives: ['ログインページを直す', '한국어 목표'] },
    ],
  ])('is whole: %s', async (name, said) => {
    const { pages, pdf } = await reportOf(name, said);
    expect(pages).toBeGreaterThanOrEqual(1);
    expect(drawn(pdf)).toMatch(/\bT[jJ]\b/u);
  });

  it('has room for 300 objectives', async () => {
    const objectives = Array.from({ length: 300 }, (_, n) => `Objective number ${String(n + 1)}`);
    const { pages } = await reportOf('300-objectives', { objectives });
    expect(pages).toBeGreaterThan(8);
  });

  it('shows a stand-in for letters that no font has, counts them and says so', async () => {
    const fonts = new Fonts([]);
    const { pdf } = await reportOf('cjk-without-font', { prompt: '請修復', fonts });
    expect(fonts.missing).toBeGreaterThanOrEqual(3);
    expect(pdf.length).toBeGreaterThan(1_000);
  });
});

describe('setLines', () => {
  const set = (text: string, width = 1_000, most = 100) =>
    setLines(new Fonts([]), text, { size: 10, weight: 'regular', width, most });
  const drawnText = (text: string) =>
    set(text)[0]
      ?.runs.map((run) => run.text)
      .join('');

  it('draws words that are read from the right in the order of the eye', () => {
    const [line] = set('שלום עולם');
    expect(line?.rightToLeft).toBe(true);
    expect(line?.runs.map((run) => run.text)).toEqual(['עולם', ' ', 'שלום']);
  });

  it('keeps numbers and other words in their own direction, and turns brackets', () => {
    expect(drawnText('abc שלום 123 def')).toBe('abc 123 שלום def');
    expect(drawnText('(שלום) עולם')).toBe('עולם (שלום)');
  });

  it('breaks what is wider than the line, also a word without any place to break', () => {
    for (const line of set('word '.repeat(40) + 'x'.repeat(400), 120)) {
      expect(line.width).toBeLessThanOrEqual(120.01);
    }
  });

  it('says by dots that there was more', () => {
    const lines = set('word '.repeat(100), 100, 2);
    expect(lines).toHaveLength(2);
    expect(lines[1]?.runs.at(-1)?.text.endsWith('…')).toBe(true);
  });
});
