import { OptimizerError } from '@claude-optimizer/protocol';
import colors from 'picocolors';

/** What the system refuses, in words; any other of its codes is a defect of ours. */
const REFUSALS: Readonly<Record<string, { why: string; fix: string }>> = {
  EACCES: { why: 'permission denied', fix: 'Check your rights to it and to its folder.' },
  EPERM: { why: 'the system doesn’t permit it', fix: 'Check your rights to it and to its folder.' },
  EROFS: { why: 'it is on a file system that can’t be written', fix: 'Choose another place.' },
  ENOSPC: { why: 'the disk is full', fix: 'Make room, then try again.' },
  EDQUOT: { why: 'your share of the disk is used up', fix: 'Make room, then try again.' },
  EISDIR: { why: 'it is a folder', fix: 'Name a file, or move the folder away.' },
  ENOTDIR: { why: 'a part of its path is no folder', fix: 'Correct the path.' },
  EMFILE: { why: 'too many files are open', fix: 'Raise the limit (ulimit -n), then try again.' },
};

/** An error as a person at the terminal reads it: what is wrong, and what to do about it. */
export function explain(error: unknown): string {
  const label = colors.red('error:');
  if (error instanceof OptimizerError) return `${label} ${error.message}\n${error.fix}\n`;
  const refused = refusal(error);
  if (refused !== null) return `${label} ${refused}`;
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${label} ${what}\nThis should not happen. Please report it with the lines above.\n`;
}

function refusal(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return null;
  const known = REFUSALS[String(error.code)];
  return known ? `${String(error.path)}: ${known.why}.\n${known.fix}\n` : null;
}
