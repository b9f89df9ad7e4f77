import type { Bar, Series } from './bars';

type Props = {
  label: string;
  step: string;
  bars: readonly Bar[];
  series: readonly Series[];
  exact: (count: number) => string;
};

/** The bars' numbers as a table, the newest first; steps without usage are left out. */
export function BarTable({ label, step, bars, series, exact }: Props) {
  const used = bars.filter(({ messages }) => messages > 0).toReversed();
  return (
    <div className="h-75 overflow-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full text-xs whitespace-nowrap tabular-nums">
        <thead className="sticky top-0 bg-surface text-ink-3">
          <tr>
            {[step, 'Together', ...series.map(({ name }) => name)].map((name, at) => (
              <th
                key={series[at - 2]?.key ?? name}
                scope="col"
                className="py-1 pl-4 text-right font-normal first:pl-0 first:text-left"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {used.map((bar) => (
            <tr key={bar.at} className="border-t border-line">
              <th scope="row" className="py-1 text-left font-normal text-ink-2">
                {bar.long}
              </th>
              <td className="py-1 pl-4 text-right font-medium">
                {bar.total === null ? 'unknown' : exact(bar.total)}
              </td>
              {series.map(({ key }) => (
                <td key={key} className="py-1 pl-4 text-right">
                  {bar.parts[key] === undefined ? '–' : exact(bar.parts[key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
