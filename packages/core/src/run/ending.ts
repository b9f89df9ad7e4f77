import type { RunCause, RunState } from '@claude-optimizer/protocol';

/** The `result` line of the client's stream; success is never read from `subtype` alone. */
export type ClientResult = {
  isError: boolean;
  subtype: string;
  /** Last words, or what went wrong. */
  text: string;
  /** HTTP status of the API, where that ended it. */
  apiStatus: number | null;
  costUsd: number | null;
};

/** How a client's process ended, and what is known of why. */
export type ClientEnd = {
  exitCode: number | null;
  signal: string | null;
  /** The program could not be started at all. */
  spawnError: string | null;
  result: ClientResult | null;
  /** Last words on stderr. */
  stderr: string;
  /** Whether it gave any output of a turn. */
  sawOutput: boolean;
  /** Why we ended it; null when we didn't. */
  stoppedFor: { cause: RunCause; reason: string } | null;
};

export type Ending = {
  state: Extract<RunState, 'succeeded' | 'failed' | 'stopped'>;
  cause: RunCause;
  reason: string;
  /** The client calls it temporary: it may be tried again. */
  temporary: boolean;
};

/**
 * State and reason of a run by its exit code, `is_error` and the presence of a `result` together.
 * Each row of the client's table of endings (2.1.330) has its test.
 */
export function judgeEnding(end: ClientEnd): Ending {
  if (end.spawnError !== null) {
    return failed('no_client', `Claude Code could not be started: ${end.spawnError}`);
  }
  if (end.stoppedFor) return { state: 'stopped', temporary: false, ...end.stoppedFor };
  if (end.result === null) return withoutResult(end);
  if (end.result.isError || (end.exitCode ?? 1) !== 0) return byError(end, end.result);
  if (end.result.subtype === 'error_during_execution') return interrupted();
  return { state: 'succeeded', cause: 'done', reason: 'It came to its end.', temporary: false };
}

/** Signals as a shell tells them. */
const SIGNAL_EXITS = new Set([129, 130, 143]);

function withoutResult({ exitCode, signal, stderr, sawOutput }: ClientEnd): Ending {
  if (signal !== null) return failed('signal', `Its process was ended by ${signal}.`);
  if (exitCode !== null && SIGNAL_EXITS.has(exitCode)) {
    return stopped('signal', 'It was ended from outside.');
  }
  const said = lastLine(stderr);
  if (/api key|log ?in|authenticat|credential/iu.test(said)) return failed('not_logged_in', said);
  if (exitCode !== 0) {
    return failed('bad_start', said || `Claude Code ended with exit code ${String(exitCode)}.`);
  }
  // SIGINT before the first byte, or a start that came to nothing.
  return sawOutput ? interrupted() : failed('no_output', said || 'It ended without any output.');
}

function byError({ exitCode }: ClientEnd, { subtype, text, apiStatus }: ClientResult): Ending {
  // What follows are hints and ids.
  const said = text.trim().split('\n').at(0)?.trim().slice(0, 500) ?? '';
  switch (subtype) {
    case 'error_max_turns':
      return stopped('turn_limit', 'It reached its limit of turns.');
    case 'error_max_budget_usd':
      return stopped('cost_limit', 'Claude Code ended it at its budget.');
    case 'error_during_execution':
      return exitCode === 0
        ? interrupted()
        : failed('api_error', said || 'It broke off in its work.');
  }
  if (apiStatus === 401 || apiStatus === 403) {
    return failed('not_logged_in', said || 'The API did not accept the login.');
  }
  if (apiStatus === 429)
    return temporary('rate_limit', said || 'The limit of requests is reached.');
  if (apiStatus !== null && apiStatus >= 500) {
    return temporary('overloaded', said || `The API answered ${String(apiStatus)}.`);
  }
  if (/usage limit|rate limit|limit reached/iu.test(said)) return temporary('rate_limit', said);
  if (/overloaded/iu.test(said)) return temporary('overloaded', said);
  if (/invalid api key|please run \/login|not logged in/iu.test(said)) {
    return failed('not_logged_in', said);
  }
  return failed('api_error', said || 'Claude Code gave up.');
}

function interrupted(): Ending {
  return stopped('signal', 'It was interrupted from outside.');
}

function stopped(cause: RunCause, reason: string): Ending {
  return { state: 'stopped', cause, reason, temporary: false };
}

function failed(cause: RunCause, reason: string): Ending {
  return { state: 'failed', cause, reason, temporary: false };
}

function temporary(cause: RunCause, reason: string): Ending {
  return { state: 'failed', cause, reason, temporary: true };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim().slice(0, 500) ?? '';
}
