import {
  openSource,
  ownTimezone,
  readFolders,
  type ReportSource,
} from '@claude-optimizer/server/reports';
import { blockView } from '../report/block-view.js';
import {
  checkWriting,
  filterOf,
  isDescending,
  type ReportFlags,
  type ReportKind,
} from '../report/options.js';
import { showProgress } from '../report/progress.js';
import { render } from '../report/render.js';
import { sessionView } from '../report/session-view.js';
import { toolView } from '../report/tool-view.js';
import { usageView } from '../report/usage-view.js';
import type { View } from '../report/view.js';

/** Prints a report, again at each change with `--live`. Throws OptimizerError. */
export async function report(kind: ReportKind, flags: ReportFlags): Promise<void> {
  const { claudeDir, dataDir, live = false } = flags;
  // What is amiss is said before anything is opened.
  filterOf(kind, flags, Date.now());
  isDescending(flags);
  checkWriting(flags);
  const folders = readFolders({
    ...(claudeDir && { claudeDir }),
    ...(dataDir !== undefined && { dataDir }),
  });
  const progress = showProgress(process.stderr);
  const source = await openSource({
    ...folders,
    needsStore: kind === 'session' || kind === 'tools',
    follow: live,
    now: () => Date.now(),
    onProgress: progress.show,
  });
  progress.end();
  const draw = async () => render(await viewOf(kind, source, flags), flags);
  try {
    if (live && source.store) {
      const { keepShowing } = await import('../report/live.js');
      await keepShowing(source.store, draw, flags);
    } else process.stdout.write(await draw());
  } finally {
    await source.close();
  }
}

async function viewOf(kind: ReportKind, source: ReportSource, flags: ReportFlags): Promise<View> {
  const now = Date.now();
  const filter = filterOf(kind, flags, now);
  const { breakdown = false, active: activeOnly = false } = flags;
  const descending = isDescending(flags);
  const wanted = { filter, breakdown, descending, now };
  if (kind !== 'session' && kind !== 'tools' && kind !== 'blocks') {
    return usageView(source, { ...wanted, kind });
  }
  const timezone = filter.timezone ?? ownTimezone();
  if (kind === 'blocks') return blockView(source, { ...wanted, timezone, activeOnly });
  if (!source.store) throw new Error('a report of sessions or tools was given no store');
  return kind === 'session'
    ? sessionView(source.store, { ...wanted, timezone })
    : toolView(source.store, wanted);
}
