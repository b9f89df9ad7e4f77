import { markdownEntry, markdownHead, markdownTitle } from '@claude-optimizer/core/export';
import type { Exported } from './exported.js';
import { overviewOf } from './overview.js';

/** The sessions as Markdown (CommonMark with tables), one chapter after another. */
export async function* writeMarkdown(
  exported: Exported,
  exportedAt: string,
): AsyncGenerator<string> {
  const { title, said, sessions, figures } = await overviewOf(exported, exportedAt);
  const sums =
    sessions > 1 ? figures.map(({ name, value, note }) => `${name}: ${value} (${note})`) : [];
  yield markdownTitle(title, [...said, ...sums]);
  for await (const { head, timeline } of exported.chapters()) {
    yield markdownHead(head, 2);
    for await (const entry of timeline()) yield markdownEntry(entry);
    yield '\n';
  }
}
