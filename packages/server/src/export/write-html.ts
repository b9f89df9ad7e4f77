import {
  HTML_ARTICLE_END,
  HTML_END,
  htmlEntry,
  htmlHead,
  htmlStart,
} from '@claude-optimizer/core/export';
import type { Exported } from './exported.js';
import { overviewOf } from './overview.js';

/** The sessions as one page of HTML, without script and without anything from elsewhere. */
export async function* writeHtml(exported: Exported, exportedAt: string): AsyncGenerator<string> {
  const { title, said, sessions, figures } = await overviewOf(exported, exportedAt);
  yield htmlStart(title, said, figures);
  for await (const { head, timeline } of exported.chapters()) {
    yield htmlHead(head, sessions === 1);
    for await (const entry of timeline()) yield htmlEntry(entry);
    yield HTML_ARTICLE_END;
  }
  yield HTML_END;
}
