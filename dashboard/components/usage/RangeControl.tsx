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

type ChoiceProps<T extends string> = {
  label: string;
  options: readonly T[];
  names: Record<T, string>;
  chosen: T;
  onChoose: (option: T) => void;
};

/** One of a few, side by side. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, options, names, chosen, onChoose } = props;
  return (
    <div
      role="group"
      aria-label={label}
      className="flex divide-x divide-line overflow-hidden rounded-sm border border-line"
    >
      {options.map((option) => (
        <button
          key={option}
          type="button"
          aria-pressed={option === chosen}
          onClick={() => onChoose(option)}
          className="h-7 bg-surface px-2.5 text-xs whitespace-nowrap text-ink-2 -outline-offset-2 hover:bg-sunken hover:text-ink aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-ink"
        >
          {names[option]}
        </button>
      ))}
    </div>
  );
}
