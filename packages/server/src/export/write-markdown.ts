import { markdownEntry, markdownHead, markdownTitle } from '@claude-optimizer/core/export';
import type { Exported, ExportedChapter } from './exported.js';
import { overviewOf } from './overview.js';
import { timelineNote } from './timeline-note.js';

/** The sessions as Markdown (CommonMark with tables), one chapter after another. */
export async function* writeMarkdown(
  exported: Exported,
  exportedAt: string,
): AsyncGenerator<string> {
  const { title, said, sessions, figures } = await overviewOf(exported, exportedAt);
  const sums =
    sessions > 1 ? figures.map(({ name, value, note }) => `${name}: ${value} (${note})`) : [];
  yield markdownTitle(title, [...said, ...sums]);
  for await (const chapter of exported.chapters()) {
    const passages = sessions === 1 ? await chapter.conversation() : null;
    if (passages) {
      yield markdownHead(chapter.head, 2, 'Conversation');
      // What reads Markdown is loaded by those alone who want it.
      const { markdownPassage } = await import('@claude-optimizer/core/export-conversation');
      for await (const passage of passages) yield markdownPassage(passage);
    } else {
      yield markdownHead(chapter.head, 2, 'Timeline');
      yield* timeline(chapter, timelineNote(exported, sessions));
    }
    yield '\n';
  }
}

async function* timeline(chapter: ExportedChapter, note: string): AsyncGenerator<string> {
  if (note !== '') yield `_${note}_\n\n`;
  for await (const entry of chapter.timeline()) yield markdownEntry(entry);
}
