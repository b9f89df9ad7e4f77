import { OptimizerError } from '@claude-optimizer/protocol';
import type * as z from 'zod';

/** What is wrong with options that a schema refused, and where to read what `command` takes. */
export function badOptions(
  { issues }: z.ZodError,
  given: Readonly<Record<string, unknown>>,
  command: string,
): OptimizerError {
  const said = issues.map((issue) => {
    const name = String(issue.path[0]);
    const value = given[name];
    const text: unknown = Array.isArray(value) ? value.at(Number(issue.path[1] ?? 0)) : value;
    return `--${name} is "${String(text)}": ${needed(issue)}`;
  });
  return new OptimizerError('bad_request', `${said.join('; ')}.`, {
    fix: `Run claude-optimizer ${command} --help to see what it takes.`,
  });
}

function needed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `it is one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.expected === 'int' ? 'it is a whole number' : `it is a ${issue.expected}`;
    case 'too_big':
      return `it is at most ${String(issue.maximum)}`;
    case 'too_small':
      return `it is at least ${String(issue.minimum)}`;
    default:
      return issue.message;
  }
}
