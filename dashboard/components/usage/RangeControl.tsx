import { Choice } from '@/components/Choice';
import { usageSpans, usageSteps, type UsageRange } from '@/lib/usage-range';

const STEP_NAMES = { day: 'Day', week: 'Week', month: 'Month' } as const;
const SPAN_NAMES = { 7: '7 days', 30: '30 days', 90: '90 days', all: 'All' } as const;

type Props = { range: UsageRange; onChange: (range: UsageRange) => void };

/** How much time is shown, and in what steps. */
export function RangeControl({ range, onChange }: Props) {
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-2">
      <Choice
        label="Range"
        options={usageSpans}
        names={SPAN_NAMES}
        chosen={range.span}
        onChoose={(span) => onChange({ ...range, span })}
      />
      <Choice
        label="Step"
        options={usageSteps}
        names={STEP_NAMES}
        chosen={range.step}
        onChoose={(step) => onChange({ ...range, step })}
      />
    </div>
  );
}
