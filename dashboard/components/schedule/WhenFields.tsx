'use client';

import { useId } from 'react';
import { AmountField } from '@/components/form/AmountField';
import { Field, INPUT, SelectField, TextField } from '@/components/form/Field';
import type { EntryDraft } from '@/lib/schedule/entry-draft';
import { WEEKDAY_CODES, type Repetition } from '@/lib/schedule/repetition';

const KINDS = [
  ['none', 'once'],
  ['daily', 'every day'],
  ['weekdays', 'Monday to Friday'],
  ['weekly', 'weekly on …'],
  ['custom', 'by a rule (RRULE)'],
] as const satisfies readonly (readonly [Repetition['kind'], string])[];
const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

type Props = {
  draft: EntryDraft;
  errors: Readonly<Record<string, string>>;
  /** One event of another calendar, by the clock here. */
  isSingle: boolean;
  onChange: (change: Partial<EntryDraft>) => void;
};

/** When it begins, how long it has, and how often it comes. */
export function WhenFields({ draft, errors, isSingle, onChange }: Props) {
  const { startsAt, minutes, zone, repetition } = draft;
  const zones = useId();
  const repeat = (change: Partial<Repetition>) =>
    onChange({ repetition: { ...repetition, ...change } });
  return (
    <>
      <div className="grid grid-cols-2 gap-x-3 gap-y-1 sm:grid-cols-[1.5fr_1fr_1.2fr_1.2fr]">
        <TextField
          label="Start"
          type="datetime-local"
          className="max-sm:col-span-2"
          value={startsAt}
          error={errors['startsAt']}
          onChange={(text) => onChange({ startsAt: text.slice(0, 16) })}
        />
        <AmountField
          label="Minutes planned"
          placeholder="60"
          value={minutes}
          error={errors['minutes']}
          onChange={(next) => onChange({ minutes: next })}
        />
        {!isSingle && (
          <>
            <Field label="Time zone" error={errors['zone']}>
              {(given) => (
                <>
                  <input
                    {...given}
                    list={zones}
                    value={zone}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(event) => onChange({ zone: event.target.value })}
                    className={INPUT}
                  />
                  <datalist id={zones}>
                    {Intl.supportedValuesOf('timeZone').map((name) => (
                      <option key={name} value={name} />
                    ))}
                  </datalist>
                </>
              )}
            </Field>
            <SelectField
              label="Repeats"
              value={repetition.kind}
              options={KINDS}
              error={repetition.kind === 'custom' ? undefined : errors['rule']}
              onChange={(kind) => repeat({ kind })}
            />
          </>
        )}
      </div>
      {repetition.kind === 'weekly' && (
        <fieldset className="flex flex-wrap gap-1">
          <legend className="sr-only">Days of the week</legend>
          {WEEKDAY_CODES.map((code, index) => {
            const isOn = repetition.days.includes(code);
            const others = repetition.days.filter((day) => day !== code);
            return (
              <button
                key={code}
                type="button"
                aria-pressed={isOn}
                onClick={() => repeat({ days: isOn ? others : [...others, code] })}
                className="h-8 rounded-sm border border-control-line px-2.5 text-xs aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium"
              >
                {DAY_NAMES[index]}
              </button>
            );
          })}
        </fieldset>
      )}
      {repetition.kind === 'custom' && (
        <TextField
          label="Rule"
          isMono
          placeholder="FREQ=MONTHLY;BYDAY=-1FR"
          value={repetition.rule}
          error={errors['rule']}
          onChange={(rule) => repeat({ rule })}
        />
      )}
    </>
  );
}
