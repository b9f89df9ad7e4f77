import { OptimizerError } from '@claude-optimizer/protocol';
import colors from 'picocolors';

/** An error as a person at the terminal reads it: what is wrong, and what to do about it. */
export function explain(error: unknown): string {
  const label = colors.red('error:');
  if (error instanceof OptimizerError) return `${label} ${error.message}\n${error.fix}\n`;
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${label} ${what}\nThis should not happen. Please report it with the lines above.\n`;
}
