'use client';

import { MICRODOLLARS } from '@claude-optimizer/protocol';
import { AmountField } from '@/components/form/AmountField';
import { CheckField } from '@/components/form/Field';
import { SectionForm } from './SectionForm';
import type { SectionProps } from './section';

const GRID = 'grid gap-x-3 gap-y-2 sm:grid-cols-3';

/** Over all launched runs. */
export function CapsSection({ answer: { settings }, save }: SectionProps) {
  return (
    <SectionForm title="Caps" value={settings.caps} save={(caps) => save({ caps })}>
      {(draft, set) => (
        <div className={GRID}>
          <AmountField
            label="US dollars a day"
            placeholder="no cap"
            scale={MICRODOLLARS}
            value={draft.dayMicrodollars}
            onChange={(dayMicrodollars) => set({ dayMicrodollars })}
          />
          <AmountField
            label="US dollars a week (from Monday)"
            placeholder="no cap"
            scale={MICRODOLLARS}
            value={draft.weekMicrodollars}
            onChange={(weekMicrodollars) => set({ weekMicrodollars })}
          />
          <AmountField
            label="Runs a day"
            placeholder="no cap"
            value={draft.runsPerDay}
            onChange={(runsPerDay) => set({ runsPerDay })}
          />
        </div>
      )}
    </SectionForm>
  );
}

/** For sessions that the person starts by hand. */
export function BudgetSection({ answer: { settings }, save }: SectionProps) {
  return (
    <SectionForm
      title="Sessions started by hand"
      value={settings.budgets}
      save={(budgets) => save({ budgets })}
    >
      {(draft, set) => (
        <>
          <p className="text-ink-2">
            Held by the hooks (
            <code className="font-mono text-xs">claude-optimizer hooks install</code>
            ): a session is stopped at its next tool call once it has cost that much.
          </p>
          <div className={GRID}>
            <AmountField
              label="US dollars a session"
              scale={MICRODOLLARS}
              value={draft.sessionMicrodollars}
              onChange={(sessionMicrodollars) => set({ sessionMicrodollars })}
            />
            {settings.projects.map(({ name }) => (
              <AmountField
                key={name}
                label={`… in ${name}`}
                placeholder="as above"
                scale={MICRODOLLARS}
                value={draft.projects[name] ?? null}
                onChange={(amount) => {
                  const { [name]: _, ...others } = draft.projects;
                  set({ projects: amount === null ? others : { ...others, [name]: amount } });
                }}
              />
            ))}
          </div>
          <CheckField
            label="Show their permissions and questions here"
            hint="Unanswered, Claude Code asks in its terminal as usual."
            checked={draft.answerHere}
            onChange={(answerHere) => set({ answerHere })}
          />
          <AmountField
            label="Seconds to answer here"
            className="max-w-48"
            scale={1_000}
            value={draft.answerTimeoutMs}
            onChange={(answerTimeoutMs) => set({ answerTimeoutMs: answerTimeoutMs ?? 60_000 })}
          />
        </>
      )}
    </SectionForm>
  );
}
