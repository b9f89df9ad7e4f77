import { setImmediate } from 'node:timers/promises';
import { groupDigits } from '@claude-optimizer/protocol';
import type { ExportedChapter, Exported } from '../exported.js';
import { overviewOf } from '../overview.js';
import { Fonts } from './fonts.js';
import { Paper } from './paper.js';
import { drawEntry, drawHead, drawHeading, drawNote, drawTitle } from './report.js';

/** Of more sessions only what the person said and what went wrong is told of each. */
const IN_FULL = 12;
const MOST = { inFull: 3_000, inShort: 60 } as const;
const IN_SHORT = new Set(['prompt', 'interruption', 'error', 'compaction', 'end']);
/** Lines of a timeline that are drawn before anything else gets its turn. */
const AT_ONCE = 40;

/** The sessions as a report on paper, page by page; no more than a page is held. */
export async function* writePdf(
  exported: Exported,
  exportedAt: string,
  fonts = new Fonts(),
): AsyncGenerator<Uint8Array> {
  const overview = await overviewOf(exported, exportedAt);
  const paper = new Paper({ title: overview.title, madeAt: new Date(exportedAt), fonts });
  drawTitle(paper, overview);
  const isOnly = overview.sessions === 1;
  const inFull = overview.sessions <= IN_FULL;
  if (!isOnly && !inFull) {
    paper.y += 14;
    drawNote(
      paper,
      'Of each session its prompts, interruptions and errors are told; HTML, Markdown and JSON have every line.',
    );
  }
  for await (const chapter of exported.chapters()) {
    if (!isOnly) paper.addPage();
    drawHead(paper, chapter.head, isOnly);
    yield* paper.taken();
    // Reading a store gives nobody else a turn by itself.
    await setImmediate();
    yield* timeline(paper, chapter, inFull);
  }
  if (fonts.missing > 0) {
    drawHeading(paper, 'Letters that could not be shown');
    const letters =
      fonts.missing === 1 ? '1 letter stands' : `${String(fonts.missing)} letters stand`;
    drawNote(
      paper,
      `${letters} as ▯ where no font of this machine has the right one. HTML and Markdown keep it.`,
    );
  }
  paper.end();
  yield* paper.taken();
}

async function* timeline(
  paper: Paper,
  { timeline: lines }: ExportedChapter,
  inFull: boolean,
): AsyncGenerator<Uint8Array> {
  drawHeading(paper, 'Timeline');
  let drawn = 0;
  let left = 0;
  for await (const entry of lines()) {
    if (!inFull && !IN_SHORT.has(entry.kind)) continue;
    if (drawn >= (inFull ? MOST.inFull : MOST.inShort)) {
      left += 1;
      continue;
    }
    drawEntry(paper, entry);
    drawn += 1;
    if (drawn % AT_ONCE > 0) continue;
    yield* paper.taken();
    await setImmediate();
  }
  if (left > 0)
    drawNote(
      paper,
      `${groupDigits(left)} more ${left === 1 ? 'line' : 'lines'}: HTML, Markdown and JSON have all of them.`,
    );
  if (drawn === 0) drawNote(paper, 'Nothing happened that a timeline tells.');
}
