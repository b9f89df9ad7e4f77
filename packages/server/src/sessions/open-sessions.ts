import path from 'node:path';
import { openSqliteStore } from '@claude-optimizer/store';
import { ExportProcesses } from '../export/export-processes.js';
import { HookIntake } from '../hooks/hook-intake.js';
import { beginPricing, reprice, type OnRepriced, type Repricing } from '../prices/reprice.js';
import type { ClientRequests } from '../hooks/hooks.js';
import { readReportedLimits } from '../limits/reported-limits.js';
import type { Log } from '../log.js';
import type { Searching } from '../search/searching.js';
import { comparison } from '../telemetry/comparison.js';
import type { FoundFile } from '../transcripts/find-transcripts.js';
import { LogMonitor } from '../transcripts/log-monitor.js';
import { Deletions } from './deletions.js';
import { Followed } from './followed.js';
import { SessionHistory, type Launches } from './session-history.js';

/** Transcripts being followed into a store, and the history that comes of it. */
export type Sessions = {
  history: SessionHistory;
  /** Takes what hooks and telemetry say of them. */
  intake: HookIntake;
  requests: ClientRequests;
  /** The transcripts that are read. */
  transcripts: Followed;
  /** Deletes sessions here; what was begun is taken up by its `begin`. */
  deletions: Deletions;
  /** Gives the whole history the prices of now; `reason` stands in the audit line. */
  reprice(reason: string, onProgress?: OnRepriced): Promise<Repricing>;
  /** Whether the history has other prices than those of now; a new one takes these. */
  hasOtherPrices(): Promise<boolean>;
  /** Begins to index and to follow; resolves once all files were found. */
  begin(): Promise<void>;
  close(): Promise<void>;
};

/** Opens the store in `storeFile` for the transcripts below `claudeDirs`. Throws as the store does. */
export async function openSessions(options: {
  storeFile: string;
  claudeDirs: readonly string[];
  now: () => number;
  version: string;
  log: Log;
  found?: Promise<FoundFile[] | null>;
  pause?: () => Promise<void>;
  launches?: Launches;
  searching?: () => Searching | null;
}): Promise<Sessions> {
  const { storeFile, claudeDirs, now, version, log, found, pause, launches, searching } = options;
  const store = await openSqliteStore(storeFile);
  const transcripts: Followed = new Followed({
    ...{ claudeDirs, store },
    ignores: (id) => monitor.ignores(id),
    indexed: () => monitor.indexed(),
  });
  const monitor = new LogMonitor({
    claudeDirs,
    store,
    now,
    log,
    ...(found && { found }),
    ...(pause && { pause }),
    onEvents: (events) => {
      history.publish(events);
    },
    onRead: (file) => {
      transcripts.tell(file);
    },
    onStatus: () => {
      history.publishStatus();
    },
  });
  const reported = () => readReportedLimits(path.dirname(storeFile));
  const history = new SessionHistory({
    ...{ store, recording: monitor, now, version, reported },
    exporting: ExportProcesses.for({
      ...{ file: storeFile, claudeDirs, dataDir: path.dirname(storeFile) },
    }),
    ...(launches && { launches }),
    ...(searching && { searching }),
  });
  const onChange = () => {
    history.publishReset();
  };
  const deletions = new Deletions({ store, reading: monitor, onChange, now, log });
  const intake = new HookIntake({ hear: (heard) => monitor.hear(heard), log });
  return {
    history,
    intake,
    transcripts,
    deletions,
    requests: {
      add: (requests) => {
        const wanted = requests.filter(({ sessionId }) => !monitor.ignores(sessionId));
        return monitor.between(() => store.addClientRequests(wanted));
      },
      compared: async (sessionId) => comparison(await store.comparedRequests(sessionId)),
    },
    reprice: (reason, onProgress) =>
      reprice(store, { reason, now, onProgress, run: (onStep) => monitor.reprice(onStep) }),
    hasOtherPrices: () => beginPricing(store),
    begin: () => monitor.start(),
    close: async () => {
      await intake.close();
      await deletions.close();
      await monitor.stop();
      await store.close();
    },
  };
}
