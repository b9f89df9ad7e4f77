import type { Run } from '@claude-optimizer/protocol';
import { useNow } from '@/lib/clock';
import { formatMoment } from '@/lib/format';
import { LIMIT_NAMES, LIMIT_WORDS, amountText, overshootText, wallOf } from '@/lib/loop/run-words';

type Props = {
  run: Run;
  /** Which of the planned objectives are completed; without it only their number is said. */
  done?: readonly boolean[];
};

/** Plan against outcome: objectives, times and amounts, planned and as it was. */
export function PlanOutcome({ run, done }: Props) {
  const now = useNow();
  const { order, limits, objectives, scheduledAt, startedAt, endedAt, overshoot } = run;
  const spent = { ...run.spent, wallMs: wallOf(run, now) };
  const hasRun = startedAt !== null;
  return (
    <div className="space-y-3">
      {run.reason !== null && <p className="break-words">{run.reason}</p>}
      <table className="w-full text-left text-xs">
        <caption className="sr-only">Plan against outcome</caption>
        <thead className="text-ink-3">
          <tr className="border-b border-line">
            <th scope="col" className="py-1 font-normal">
              <span className="sr-only">What</span>
            </th>
            <th scope="col" className="py-1 font-normal">
              Planned
            </th>
            <th scope="col" className="py-1 font-normal">
              Outcome
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line tabular-nums">
          <Row
            name="Objectives"
            planned={`${order.objectives.length}`}
            outcome={`${objectives.completed} completed`}
          />
          <Row
            name="Start"
            planned={scheduledAt === null ? 'at once' : formatMoment(scheduledAt)}
            outcome={hasRun ? formatMoment(startedAt) : 'never'}
          />
          {run.endsAt !== null && (
            <Row
              name="End"
              planned={formatMoment(run.endsAt)}
              outcome={endedAt === null ? 'not yet' : formatMoment(endedAt)}
            />
          )}
          {LIMIT_NAMES.map((name) => (
            <Row
              key={name}
              name={LIMIT_WORDS[name].name}
              planned={limits[name] === null ? 'no limit' : `≤ ${amountText(name, limits[name])}`}
              outcome={hasRun ? amountText(name, spent[name]) : 'none'}
            />
          ))}
        </tbody>
      </table>
      {overshoot !== null && (
        <p className="text-xs font-medium text-danger">
          Over its limits by {overshootText(overshoot)}
        </p>
      )}
      <ul aria-label="Planned objectives" className="space-y-0.5 text-xs">
        {order.objectives.map((objective, index) => (
          <li key={objective} className="flex gap-2">
            <span className="w-16 shrink-0 text-ink-3">
              {markOf(done?.[index], endedAt === null)}
            </span>
            <span className="min-w-0 break-words">{objective}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function markOf(isDone: boolean | undefined, goesOn: boolean): string {
  if (isDone === undefined) return 'planned';
  if (isDone) return '✓ done';
  return goesOn ? 'open' : 'not done';
}

function Row({ name, planned, outcome }: { name: string; planned: string; outcome: string }) {
  return (
    <tr>
      <th scope="row" className="py-1 pr-2 font-normal text-ink-2">
        {name}
      </th>
      <td className="py-1 pr-2">{planned}</td>
      <td className="py-1">{outcome}</td>
    </tr>
  );
}
