'use client';

import type { SettingsAnswer, SettingsBody } from '@claude-optimizer/protocol';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { CheckField } from '@/components/form/Field';
import { Skeleton } from '@/components/Skeleton';
import { useAnswer } from '@/hooks/useAnswer';
import { useLoopNews } from '@/lib/loop/loop-news';
import { fetchSettings, saveSettings } from '@/lib/settings-api';
import { Appearance } from './Appearance';
import { ArchiveSection } from './ArchiveSection';
import { BudgetSection, CapsSection } from './BudgetSections';
import { CalendarSection } from './CalendarSection';
import { Calendars } from './Calendars';
import { LauncherSection } from './LauncherSection';
import { Projects, RootsSection } from './Projects';
import type { SectionProps } from './section';
import { SectionForm } from './SectionForm';

/** What the person has set; each part is saved by itself. */
export function SettingsView() {
  const news = useLoopNews(({ scheduleNews }) => scheduleNews);
  const { value, error, reload } = useAnswer(fetchSettings, news);
  const [saved, setSaved] = useState<{ of: SettingsAnswer | null; answer: SettingsAnswer } | null>(
    null,
  );
  // What was saved last holds until the server says more.
  const known = saved && saved.of === value ? saved.answer : value;
  const save = async (body: SettingsBody) => {
    setSaved({ of: value, answer: await saveSettings(body) });
  };
  return (
    <div className="mx-auto max-w-4xl space-y-3 px-3 pt-3 pb-10 sm:px-4">
      <h1 className="text-xl font-semibold">Settings</h1>
      {error && <ErrorState error={error} onRetry={reload} />}
      {known ? (
        <Sections answer={known} save={save} onChanged={reload} />
      ) : (
        !error && [0, 1, 2, 3].map((each) => <Skeleton key={each} className="h-48" />)
      )}
    </div>
  );
}

function Sections(props: SectionProps & { onChanged: () => void }) {
  const { answer, save, onChanged } = props;
  const { settings, file } = answer;
  return (
    <>
      {settings.launcher.permissionMode === 'bypassPermissions' && (
        <p
          role="alert"
          className="flex gap-2 rounded-md border border-danger bg-danger-soft px-3 py-2 font-medium"
        >
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
          Permission mode “bypassPermissions”: every launched session runs any tool and any command
          without asking anybody.
        </p>
      )}
      <p className="text-xs text-ink-2">
        Kept in <code className="font-mono break-all">{file}</code>
      </p>
      <Projects projects={settings.projects} onChanged={onChanged} />
      <RootsSection {...{ answer, save }} />
      <LauncherSection {...{ answer, save }} />
      <CapsSection {...{ answer, save }} />
      <BudgetSection {...{ answer, save }} />
      <Calendars />
      <CalendarSection {...{ answer, save }} />
      <ArchiveSection {...{ answer, save }} />
      <SectionForm
        title="Notifications"
        value={settings.notifications}
        save={(notifications) => save({ notifications })}
      >
        {(draft, set) => (
          <CheckField
            label="Desktop notifications"
            hint="Warnings before planned sessions, questions, limits and ends, also while no page is open."
            checked={draft.desktop}
            onChange={(desktop) => set({ desktop })}
          />
        )}
      </SectionForm>
      <Appearance />
    </>
  );
}
