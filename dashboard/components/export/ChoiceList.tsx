type Choice<T> = { value: T; label: string; hint: string };

type Props<T extends string> = {
  legend: string;
  choices: readonly Choice<T>[];
  chosen: readonly T[];
  /** Several may be chosen. */
  isMany?: boolean;
  onChange: (chosen: readonly T[]) => void;
};

/** One of a few, or any of them, each with a word about it. */
export function ChoiceList<T extends string>(props: Props<T>) {
  const { legend, choices, chosen, isMany = false, onChange } = props;
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs text-ink-2">{legend}</legend>
      <div className="grid gap-1.5 sm:grid-cols-2">
        {choices.map(({ value, label, hint }) => {
          const isChosen = chosen.includes(value);
          return (
            <label
              key={value}
              className={`flex cursor-pointer items-start gap-2 rounded-sm border px-2.5 py-1.5 has-focus-visible:outline-2 has-focus-visible:outline-accent ${isChosen ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface hover:bg-sunken'}`}
            >
              <input
                type={isMany ? 'checkbox' : 'radio'}
                name={legend}
                checked={isChosen}
                onChange={() => onChange(changed(chosen, value, isMany))}
                className="mt-0.5 size-4 shrink-0 accent-accent"
              />
              <span className="min-w-0">
                <span className="block text-sm font-medium">{label}</span>
                <span className="block text-xs text-ink-2">{hint}</span>
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function changed<T>(chosen: readonly T[], value: T, isMany: boolean): readonly T[] {
  if (!isMany) return [value];
  return chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
}
