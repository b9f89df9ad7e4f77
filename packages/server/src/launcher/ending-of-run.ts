import { judgeEnding, type ClientResult, type Ending } from '@claude-optimizer/core/run';
import type { Run, RunCause } from '@claude-optimizer/protocol';
import type { KeeperEnd, RunFolder } from './run-folder.js';

type Known = {
  run: Run;
  folder: RunFolder;
  result: ClientResult | null;
  /** Why this daemon ended it; null when it didn't. */
  stoppedFor: { cause: RunCause; reason: string } | null;
};

const KEEPER_LOST: Ending = {
  state: 'failed',
  cause: 'keeper_lost',
  reason: 'The process that kept it was ended from outside.',
  temporary: false,
};

/** State and reason of a run whose client has ended; `end` is null where its keeper was lost. */
export function endingOf(end: KeeperEnd | null, { run, folder, result, stoppedFor }: Known) {
  if (end === null) return KEEPER_LOST;
  return judgeEnding({
    ...end,
    result,
    stderr: folder.errorText(),
    sawOutput: run.firstOutputAt !== null,
    stoppedFor: stoppedFor ?? byKeeper(end, run),
  });
}

/** Why the keeper ended it; what the daemon asked for before it was killed stands in the run. */
function byKeeper({ stoppedFor }: KeeperEnd, run: Run): { cause: RunCause; reason: string } | null {
  switch (stoppedFor) {
    case 'time_limit':
      return { cause: 'time_limit', reason: 'It reached its limit of time.' };
    case 'output_limit':
      return { cause: 'output_limit', reason: 'Its output grew beyond what is allowed.' };
    case 'asked':
      return run.cause !== null
        ? { cause: run.cause, reason: run.reason ?? '' }
        : { cause: 'signal', reason: 'It was ended from outside.' };
    case null:
      return null;
  }
}
