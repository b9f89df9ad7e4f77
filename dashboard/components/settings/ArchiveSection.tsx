'use client';

import type { ArchiveStatus } from '@claude-optimizer/protocol';
import { useEffect, useState } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { CheckField, TextField } from '@/components/form/Field';
import { useAnswer } from '@/hooks/useAnswer';
import { formatBytes } from '@/lib/bytes';
import { fetchArchive } from '@/lib/settings-api';
import { SectionForm } from './SectionForm';
import type { SectionProps } from './section';

const GB = 1_000_000_000;
/** How often the figures are asked for anew. */
const LOOK_MS = 5_000;

const STATES: Record<ArchiveStatus['state'], string> = {
  waiting: 'Waits until the history is up to date.',
  working: 'Keeping transcripts.',
  idle: 'All transcripts are kept.',
  full: 'The limit is reached by sessions of the last day: nothing more is kept.',
  off: 'Switched off. What was kept stays.',
  failed: 'No more can be kept:',
};

/** Which raw transcripts are kept, and what they take. */
export function ArchiveSection({ answer: { settings }, save }: SectionProps) {
  const { keep, limitBytes, retentionDays } = settings.archive;
  const value = {
    keep,
    limit: limitBytes === null ? '' : String(limitBytes / GB),
    days: retentionDays === null ? '' : String(retentionDays),
  };
  return (
    <SectionForm
      title="Archive"
      value={value}
      check={problemOf}
      save={(draft) =>
        save({
          archive: {
            keep: draft.keep,
            limitBytes: draft.limit === '' ? null : Math.round(Number(draft.limit) * GB),
            retentionDays: draft.days === '' ? null : Number(draft.days),
          },
        })
      }
    >
      {(draft, set) => (
        <>
          <CheckField
            label="Keep raw transcripts"
            hint="Compressed, in the data folder, for you alone: prompts, answers and contents of files stay readable when Claude Code deletes its own after about 30 days."
            checked={draft.keep}
            onChange={(on) => set({ keep: on })}
          />
          <div className="grid gap-x-3 gap-y-2 sm:grid-cols-2">
            <TextField
              label="At most, GB"
              placeholder="no limit"
              hint="Over it the oldest sessions are given up."
              value={draft.limit}
              onChange={(limit) => set({ limit: limit.trim() })}
            />
            <TextField
              label="Days, at most"
              placeholder="for ever"
              hint="After its last change a session is given up, also when Claude Code has deleted its own."
              value={draft.days}
              onChange={(days) => set({ days: days.trim() })}
            />
          </div>
          <Kept of={settings.archive} />
        </>
      )}
    </SectionForm>
  );
}

function problemOf({ limit, days }: { limit: string; days: string }): string | null {
  if (limit !== '' && !(Number(limit) >= 0.001)) return 'The limit is no number of gigabytes.';
  if (days === '' || (/^\d{1,5}$/u.test(days) && Number(days) >= 1)) return null;
  return 'Days are a whole number above 0.';
}

/** The figures of the archive, anew every few seconds and when settings change. */
function Kept({ of }: { of: unknown }) {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const { value, error, reload } = useAnswer(fetchArchive, `${turn} ${JSON.stringify(of)}`);
  if (error && value === null) return <ErrorState error={error} onRetry={reload} />;
  return (
    <div className="min-h-24 border-t border-line pt-3">
      <dl className="grid grid-cols-2 gap-x-3 gap-y-2 text-xs sm:grid-cols-4">
        <Figure name="Takes" text={value && formatBytes(value.bytes)} />
        <Figure name="Transcripts" text={value && formatBytes(value.rawBytes)} />
        <Figure name="Sessions" text={value && value.sessions.toLocaleString('en-US')} />
        <Figure name="Only here" text={value && value.onlyHere.toLocaleString('en-US')} />
      </dl>
      <p className={`mt-2 text-xs ${value?.problem ? 'text-danger' : 'text-ink-2'}`}>
        {value ? `${STATES[value.state]} ${value.problem ?? ''}` : 'Looking …'}
      </p>
    </div>
  );
}

function Figure({ name, text }: { name: string; text: string | null }) {
  return (
    <div>
      <dt className="text-ink-3">{name}</dt>
      <dd className="text-sm font-medium tabular-nums">{text ?? '–'}</dd>
    </div>
  );
}
