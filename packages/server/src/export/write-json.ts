import type { ExportDocument, ExportPart } from '@claude-optimizer/protocol';
import { VERSION } from '../version.js';
import type { Exported, ExportedChapter } from './exported.js';

/** An `ExportDocument`, written as it is read; one row or line of a timeline on each line. */
export async function* writeJson(
  exported: Exported,
  what: ExportPart,
  exportedAt: string,
): AsyncGenerator<string> {
  const head = {
    format: 'claude-optimizer-export',
    formatVersion: 1,
    productVersion: VERSION,
    exportedAt,
    redacted: [...exported.redactions],
    what,
  } satisfies Partial<ExportDocument>;
  yield `${JSON.stringify(head).slice(0, -1)},"${what}":[`;
  switch (what) {
    case 'sessions':
      yield* chapters(exported);
      break;
    case 'usage':
      yield* listed(exported.responses());
      break;
    case 'tools':
      yield* listed(exported.toolCalls());
      break;
  }
  yield '\n]}\n';
}

async function* chapters(exported: Exported): AsyncGenerator<string> {
  let separator = '\n';
  for await (const chapter of exported.chapters()) {
    yield separator;
    yield* chapterText(chapter);
    separator = ',\n';
  }
}

async function* chapterText({ head, timeline }: ExportedChapter): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"timeline":[`;
  yield* listed(timeline());
  yield ']}';
}

async function* listed(rows: AsyncIterable<object>): AsyncGenerator<string> {
  let separator = '\n';
  for await (const row of rows) {
    yield separator + JSON.stringify(row);
    separator = ',\n';
  }
}
