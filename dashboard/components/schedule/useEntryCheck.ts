'use client';

import { entryBodySchema, type EntryPreview } from '@claude-optimizer/protocol';
import { useEffect, useState } from 'react';
import { wrongIn } from '@/components/loop/LaunchDialog';
import { bodyOf, type EntryDraft } from '@/lib/schedule/entry-draft';
import { previewEntry, type Replaces } from '@/lib/schedule/schedule-api';

/** Nothing is asked while the person is typing. */
const PAUSE_MS = 350;

export type EntryCheck = {
  /** What the form itself can tell is wrong, by field. */
  wrong: Readonly<Record<string, string>>;
  /** What the server says is wrong, by field. */
  problemOf: Readonly<Record<string, string>>;
  /** What it would come to; null until that is known. */
  preview: EntryPreview | null;
  error: Error | null;
};

/** Checks a draft as it is typed: its shape at once, what it would come to after a pause. */
export function useEntryCheck(draft: EntryDraft, { entryId, planId }: Replaces): EntryCheck {
  const [answer, setAnswer] = useState<{
    key: string;
    preview: EntryPreview | null;
    error: Error | null;
  } | null>(null);
  const body = bodyOf(draft);
  const wrong = wrongOf(draft);
  const key = Object.keys(wrong).length > 0 ? null : JSON.stringify(body);
  useEffect(() => {
    if (key === null) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      previewEntry(entryBodySchema.parse(JSON.parse(key)), {
        ...(entryId !== undefined && { entryId }),
        ...(planId !== undefined && { planId }),
      }).then(
        (preview) => isWanted && setAnswer({ key, preview, error: null }),
        (cause: unknown) => {
          const error = cause instanceof Error ? cause : new Error(String(cause));
          if (isWanted) setAnswer({ key, preview: null, error });
        },
      );
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key, entryId, planId]);
  const known = answer?.key === key ? answer : null;
  const problems = known?.preview?.problems ?? [];
  return {
    wrong,
    problemOf: Object.fromEntries(problems.map(({ field, message }) => [field, message])),
    preview: known?.preview ?? null,
    error: known?.error ?? null,
  };
}

function wrongOf(draft: EntryDraft): Record<string, string> {
  const wrong = wrongIn(draft.order);
  if (draft.startsAt === '') wrong['startsAt'] = 'A day and a time';
  const parsed = entryBodySchema.safeParse(bodyOf(draft));
  for (const { path, message } of parsed.error?.issues ?? []) {
    const field = String(path[0] ?? 'title');
    wrong[field] ??= message;
  }
  return wrong;
}
