import type { PlanProblem } from '@claude-optimizer/protocol';

/** What is wrong, and what would be right. */
export function Problems({ problems }: { problems: readonly PlanProblem[] }) {
  return (
    <ul aria-label="Problems" className="space-y-1 rounded-sm bg-danger-soft px-3 py-2">
      {problems.map(({ field, message, fix }) => (
        <li key={`${field} ${message}`}>
          <span className="font-medium text-danger">{field}:</span> {message}{' '}
          <span className="text-ink-2">{fix}</span>
        </li>
      ))}
    </ul>
  );
}
