'use client';

import { filled, CheckField, LinesField, SelectField, TextField } from '@/components/form/Field';
import { SectionForm } from './SectionForm';
import type { SectionProps } from './section';

const MISSED = [
  ['run-if-within', 'run it if not too late'],
  ['skip', 'leave it out'],
  ['ask', 'ask me'],
  ['latest-once', 'run only the latest, once'],
] as const;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

const numbers = (text: string): number[] =>
  text
    .split(/[\s,]+/u)
    .filter((part) => part !== '')
    .map(Number);

/** When planned sessions warn, start and are left out. */
export function CalendarSection({ answer: { settings }, save }: SectionProps) {
  const { warnMinutes, lateMinutes, ...calendar } = settings.calendar;
  return (
    <SectionForm
      title="Planned sessions"
      value={{ ...calendar, warn: warnMinutes.join(', '), late: String(lateMinutes) }}
      check={({ warn, late }) =>
        [...numbers(warn), Number(late)].every(
          (minutes) => Number.isInteger(minutes) && minutes >= 0,
        )
          ? null
          : 'Minutes are whole numbers.'
      }
      save={({ warn, late, ...rest }) =>
        save({
          calendar: {
            ...rest,
            me: filled(rest.me),
            warnMinutes: numbers(warn),
            lateMinutes: Number(late),
          },
        })
      }
    >
      {(draft, set) => {
        const { workingHours: hours } = draft;
        const work = (change: Partial<typeof hours>) =>
          set({ workingHours: { ...hours, ...change } });
        return (
          <>
            <CheckField
              label="Plans start by themselves"
              hint="Switched off, they only warn."
              checked={draft.autoStart}
              onChange={(autoStart) => set({ autoStart })}
            />
            <div className="grid grid-cols-2 gap-x-3 gap-y-2 sm:grid-cols-4">
              <TextField
                label="Warn, minutes before"
                value={draft.warn}
                onChange={(warn) => set({ warn })}
              />
              <SelectField
                label="A missed start"
                value={draft.missed}
                options={MISSED}
                onChange={(missed) => set({ missed })}
              />
              <TextField
                label="Too late after, minutes"
                value={draft.late}
                onChange={(late) => set({ late })}
              />
              <TextField
                label="Time zone"
                placeholder="the machine’s"
                value={draft.zone ?? ''}
                onChange={(zone) => set({ zone: zone === '' ? null : zone })}
              />
            </div>
            <fieldset className="flex flex-wrap items-end gap-x-3 gap-y-2">
              <legend className="mb-1 text-xs font-semibold">Working hours</legend>
              <div className="flex flex-wrap gap-1">
                {DAYS.map((name, index) => {
                  const isOn = hours.days.includes(index + 1);
                  const others = hours.days.filter((day) => day !== index + 1);
                  const next = isOn ? others : [...others, index + 1].toSorted((a, b) => a - b);
                  return (
                    <button
                      key={name}
                      type="button"
                      aria-pressed={isOn}
                      onClick={() => work({ days: next })}
                      className="h-8 rounded-sm border border-control-line px-2.5 text-xs aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium"
                    >
                      {name}
                    </button>
                  );
                })}
              </div>
              <TextField
                label="From"
                type="time"
                value={hours.from}
                onChange={(from) => work({ from })}
              />
              <TextField label="To" type="time" value={hours.to} onChange={(to) => work({ to })} />
            </fieldset>
            <LinesField
              label="Your mail addresses, one to a line: an event organised by another starts nothing"
              rows={2}
              value={draft.me}
              onChange={(me) => set({ me })}
            />
          </>
        );
      }}
    </SectionForm>
  );
}
