import type { ScheduledPlan } from '@claude-optimizer/protocol';
import { TriangleAlert } from 'lucide-react';
import { Words } from '@/components/loop/Words';
import { clockText, dayText } from '@/lib/schedule/local-time';
import { Problems } from './Problems';
import type { EntryCheck } from './useEntryCheck';

const SHOWN = 4;

type Props = { check: EntryCheck; plans: readonly ScheduledPlan[] };

/** What an entry would come to: problems, conflicts, days and words. */
export function EntryOutlook({ check: { preview, error, wrong }, plans }: Props) {
  if (error) return <p className="text-danger">{error.message}</p>;
  if (!preview) {
    const isOpen = Object.keys(wrong).length > 0;
    return (
      <p className="min-h-5 text-xs text-ink-3">
        {isOpen
          ? 'With a project and an objective, this shows what it would come to.'
          : 'Checking …'}
      </p>
    );
  }
  const { problems, conflicts, occurrences, prompt } = preview;
  const titles = conflicts.map(
    (id) => plans.find(({ plan }) => plan.id === id)?.plan.title ?? 'another plan',
  );
  return (
    <section aria-label="What it would come to" className="space-y-2">
      {problems.length > 0 && <Problems problems={problems} />}
      {titles.length > 0 && (
        <p className="flex gap-1.5 text-warning">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          At the same time in this project: {titles.join(', ')}. One runs at a time; the later one
          waits.
        </p>
      )}
      <p role="status" className="text-xs text-ink-2">
        {occurrences.length === 0
          ? 'It would not start in the next 60 days.'
          : `Starts ${occurrences.slice(0, SHOWN).map(momentText).join(', ')}${
              occurrences.length > SHOWN ? ` and ${occurrences.length - SHOWN} more in 60 days` : ''
            }`}
      </p>
      {prompt !== '' && (
        <details>
          <summary className="cursor-pointer text-xs text-ink-2">Prompt, word for word</summary>
          <Words label="Prompt" text={prompt} />
        </details>
      )}
    </section>
  );
}

const momentText = (at: number) => `${dayText(at)} ${clockText(at)}`;
