import {
  HTML_ARTICLE_END,
  HTML_END,
  htmlConversation,
  htmlEntry,
  htmlHead,
  htmlStart,
  htmlTimeline,
  type ExportedPassage,
} from '@claude-optimizer/core/export';
import type { Exported, ExportedChapter } from './exported.js';
import { overviewOf } from './overview.js';
import { timelineNote } from './timeline-note.js';

/** The sessions as one page of HTML, without script and without anything from elsewhere. */
export async function* writeHtml(exported: Exported, exportedAt: string): AsyncGenerator<string> {
  const { title, said, sessions, figures } = await overviewOf(exported, exportedAt);
  yield htmlStart(title, said, figures);
  const isOnly = sessions === 1;
  for await (const chapter of exported.chapters()) {
    yield htmlHead(chapter.head, isOnly);
    const passages = isOnly ? await chapter.conversation() : null;
    if (passages) yield* conversation(passages);
    else yield* timeline(chapter, isOnly, timelineNote(exported, sessions));
    yield HTML_ARTICLE_END;
  }
  yield HTML_END;
}

async function* timeline(
  chapter: ExportedChapter,
  isOnly: boolean,
  note: string,
): AsyncGenerator<string> {
  const { start, end } = htmlTimeline(isOnly, note);
  yield start;
  for await (const entry of chapter.timeline()) yield htmlEntry(entry);
  yield end;
}

async function* conversation(passages: AsyncIterable<ExportedPassage>): AsyncGenerator<string> {
  // What reads Markdown is loaded by those alone who want it.
  const { HtmlConversation } = await import('@claude-optimizer/core/export-conversation');
  const html = new HtmlConversation();
  const { start, end } = htmlConversation(true);
  yield start;
  for await (const passage of passages) yield html.passage(passage);
  yield html.end() + end;
}
