import { OptimizerError, runEnds, type Run, type RunState } from '@claude-optimizer/protocol';

/** Which state may follow which. A held run goes from its failed start back to claimed. */
const NEXT: Readonly<Record<RunState, readonly RunState[]>> = {
  scheduled: ['warned', 'claimed', 'missed'],
  warned: ['scheduled', 'claimed', 'missed'],
  claimed: ['started', 'failed', 'stopped'],
  started: ['running', 'claimed', 'succeeded', 'failed', 'stopped'],
  running: ['claimed', 'succeeded', 'failed', 'stopped'],
  succeeded: [],
  failed: [],
  stopped: [],
  // Its plan came back, was moved to a later time, or is wanted after all.
  missed: ['scheduled'],
};

/** The run in its next state, with what is known by then. Throws `internal` for an illegal move. */
export function moveRun(run: Run, state: RunState, facts: Partial<Run> = {}): Run {
  if (!NEXT[run.state].includes(state)) {
    throw new OptimizerError('internal', `Run ${run.id} can't go from ${run.state} to ${state}.`, {
      fix: 'Please report it: the life of a run is out of order.',
    });
  }
  return { ...run, ...facts, state };
}

export function hasEnded({ state }: Pick<Run, 'state'>): boolean {
  return runEnds.some((end) => end === state);
}
