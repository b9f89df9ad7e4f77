import { totalTokens } from '@claude-optimizer/protocol';
import { formatCost, formatExact } from '@/lib/format';
import { hourName, type WeekHour } from './week-hours';

/** The map's numbers: the hours in which anything was used, Monday first. */
export function HeatTable({ hours }: { hours: readonly WeekHour[] }) {
  return (
    <div className="h-56 overflow-auto" tabIndex={0} role="region" aria-label="Hours of the week">
      <table className="w-full text-xs tabular-nums">
        <thead className="sticky top-0 bg-surface text-ink-3">
          <tr>
            {['Hour', 'Cost', 'Tokens', 'Responses'].map((name) => (
              <th key={name} scope="col" className="py-1 text-right font-normal first:text-left">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => {
            if (hour.usage === null) return null;
            return (
              <tr key={hourName(hour)} className="border-t border-line">
                <th scope="row" className="py-1 text-left font-normal text-ink-2">
                  {hourName(hour)}
                </th>
                <td className="py-1 text-right">
                  {formatCost(hour.usage.costMicrodollars, { exact: true })}
                </td>
                <td className="py-1 text-right">{formatExact(totalTokens(hour.usage))}</td>
                <td className="py-1 text-right">{formatExact(hour.usage.messages)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
