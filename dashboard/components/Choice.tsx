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
