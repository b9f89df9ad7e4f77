import type { SessionSummary } from '@claude-optimizer/protocol';
import { SessionRow } from './SessionRow';

type Props = { sessions: readonly SessionSummary[]; label: string };

const HEAD = 'h-7 px-2 text-left text-2xs font-medium text-ink-3';

/** Sessions as rows; on a phone each row keeps its status, name, cost and age. */
export function SessionsList({ sessions, label }: Props) {
  return (
    <table aria-label={label} className="w-full table-fixed border-collapse">
      <thead className="max-md:sr-only">
        <tr className="border-b border-line">
          <th className={`${HEAD} w-36 pl-3`}>Status</th>
          <th className={HEAD}>Session</th>
          <th className={`${HEAD} w-40 lg:w-44`}>Project</th>
          <th className={`${HEAD} w-28 max-lg:hidden`}>Model</th>
          <th className={`${HEAD} w-24 text-right max-lg:hidden`}>At work</th>
          <th className={`${HEAD} w-20 text-right max-lg:hidden`}>Tokens</th>
          <th className={`${HEAD} w-24 text-right`}>Cost</th>
          <th className={`${HEAD} w-24 pr-3 text-right`}>Last sign</th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </tbody>
    </table>
  );
}
