import type { Ending } from '@claude-optimizer/core/run';
import type { Run, SessionDetail } from '@claude-optimizer/protocol';
import type { Asks } from '../asks/asks.js';
import type { PersonSettings } from '../config/person-settings.js';
import type { Announcer } from '../feed/announcer.js';
import { keepReportedLimits } from '../limits/reported-limits.js';
import type { Log } from '../log.js';
import type { Notices } from '../notices/notices.js';
import { LiveRun } from './live-run.js';
import type { Pauses } from './retry-at.js';
import type { KeeperEnd, RunFolder } from './run-folder.js';
import { tellOfSpending } from './run-notices.js';
import type { RunRecords } from './run-records.js';
import { Spending } from './spending.js';

type Options = {
  dataDir: string;
  settings: PersonSettings;
  announcer: Announcer;
  asks: Asks;
  notices: Notices;
  records: RunRecords;
  now: () => number;
  log: Log;
};
/** The attempt that is followed, with what its session has so far. */
type Attempt = { run: Run; folder: RunFolder; session: SessionDetail | null };
type OnEnd = (live: LiveRun, ending: Ending, end: KeeperEnd | null, pauses: Pauses) => void;

/** Follows the client of a run: what changes is stored, told, and warned of. */
export function followClient(options: Options, attempt: Attempt, onEnd: OnEnd): LiveRun {
  const { dataDir, settings, asks, announcer, notices, records, now, log } = options;
  const { run, folder, session } = attempt;
  const { launcher } = settings.read();
  const before = folder.order()?.before ?? { turns: 0, wallMs: 0 };
  const spending = new Spending(before.turns);
  if (session) spending.take(session.state.summary);
  let warned = run.warnedPercent;
  const live: LiveRun = new LiveRun({
    ...{ run, folder, spending, asks, now, wallBefore: before.wallMs },
    asking: { timeoutMs: launcher.askTimeoutMs, byDefault: launcher.askDefault },
    onChange: (next) => {
      records.follow(next);
      if (next.warnedPercent > warned) tellOfSpending(notices, next);
      warned = next.warnedPercent;
    },
    onPartial: (messageId, text) => {
      announcer.announce('partial', { sessionId: run.sessionId ?? '', messageId, text });
    },
    onLimits: (windows) => keepReportedLimits(dataDir, windows, now()),
    onEnd: (ending, end, pauses) => onEnd(live, ending, end, pauses),
    onError: (error) => log.error({ err: error, run: run.id }, 'a run could not be looked at'),
  });
  return live;
}
