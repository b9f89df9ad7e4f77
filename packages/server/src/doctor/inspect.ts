import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';
import { openSqliteStore } from '@claude-optimizer/store';
import type { Config } from '../config/config.js';
import { findDaemon } from '../daemon/find-daemon.js';
import { STORE_FILE } from '../config/data-dir.js';
import { loadPrices } from '../prices/load-prices.js';
import { hasOtherPrices } from '../prices/reprice.js';
import { findTranscripts } from '../transcripts/find-transcripts.js';
import { VERSION } from '../version.js';
import { findProgram } from './find-program.js';
import { reconcile } from './reconcile.js';
import type { DoctorReport } from './report.js';

const MALFORMED_SHOWN = 20;

type Stored = Pick<DoctorReport, 'malformed' | 'costs'> & {
  holds: DoctorReport['store']['holds'];
};

/** Looks at what `start` would work with, without starting it. `now` in epoch ms. */
export async function inspect(config: Config, now = Date.now()): Promise<DoctorReport> {
  const problems: DoctorReport['problems'] = [];
  const claudeDirs = await Promise.all(
    config.claudeDirs.map((dir) => inspectClaudeDir(dir, problems)),
  );
  const storeFile = path.join(config.dataDir, STORE_FILE);
  const transcripts = claudeDirs.flatMap(({ files }) => files);
  const { problem } = loadPrices(config.dataDir);
  if (problem !== null) {
    const fix = 'Ask again with `claude-optimizer prices update`, or drop them with --reset.';
    problems.push({ message: `The updated prices can't be used: ${problem}`, fix });
  }
  const { holds, malformed, costs } = await readStore(storeFile, transcripts, problems);
  const daemon = await findDaemon(config.dataDir, now);
  const built = existsSync(path.join(config.dashboardDir, 'index.html'));
  if (!built) {
    problems.push({ message: 'The dashboard has not been built.', fix: 'Run `npm run build`.' });
  }
  if (claudeDirs.every(({ transcripts }) => transcripts === 0)) {
    problems.push({
      message: 'There are no transcripts yet.',
      fix: 'Use Claude Code once, name its folder with --claude-dir, or see the demo: --demo.',
    });
  }
  return {
    version: VERSION,
    node: process.version,
    claudeDirs: claudeDirs.map(({ files: _, ...dir }) => dir),
    store: { path: storeFile, exists: existsSync(storeFile), bytes: bytesOf(storeFile), holds },
    malformed,
    costs,
    daemon: daemon && { url: daemon.url, pid: daemon.pid, startedAt: daemon.startedAt },
    dashboard: { path: config.dashboardDir, built },
    claude: findProgram('claude'),
    problems,
  };
}

async function inspectClaudeDir(dir: string, problems: DoctorReport['problems']) {
  const { files } = await findTranscripts(path.join(dir, 'projects'), (folder) => {
    problems.push({ message: `${folder} can't be read.`, fix: 'Check your rights to it.' });
  });
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const paths = files.map((file) => file.path);
  return { path: dir, exists: existsSync(dir), transcripts: files.length, bytes, files: paths };
}

async function readStore(
  file: string,
  transcripts: readonly string[],
  problems: DoctorReport['problems'],
): Promise<Stored> {
  const nothing: Stored = { holds: null, malformed: { total: 0, lines: [] }, costs: null };
  if (!existsSync(file)) return nothing;
  try {
    const store = await openSqliteStore(file);
    try {
      const [sessions, events, files, malformed] = await Promise.all([
        store.countSessions(),
        store.lastSeq(),
        store.fileMarks(),
        store.malformed(MALFORMED_SHOWN),
      ]);
      if (await hasOtherPrices(store)) {
        problems.push({
          message: 'The history has other prices than those of now.',
          fix: 'See the difference with `claude-optimizer prices reprice --dry-run`; without --dry-run it gets them.',
        });
      }
      const costs = await reconcile(store, transcripts);
      return { holds: { sessions, events, filesRead: files.length }, malformed, costs };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof OptimizerError)) throw error;
    problems.push({ message: error.message, fix: error.fix });
    return nothing;
  }
}

/** The store's size with its journal. */
function bytesOf(storeFile: string): number {
  return [storeFile, `${storeFile}-wal`]
    .map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}
