'use client';

import { Bell } from 'lucide-react';
import { useState } from 'react';
import { useLoopNews } from '@/lib/loop/loop-news';

/** Opens the list of notices; a dot says that there are some which weren't seen there. */
export function NoticeBell({ onOpen }: { onOpen: () => void }) {
  const newest = useLoopNews(({ notices }) => notices[0]?.id ?? null);
  const [seen, setSeen] = useState<string | null>(null);
  const isNews = newest !== null && newest !== seen;
  const label = isNews ? 'Notices, some new' : 'Notices';
  return (
    <button
      type="button"
      title={label}
      onClick={() => {
        setSeen(newest);
        onOpen();
      }}
      className="relative inline-flex size-8 items-center justify-center rounded-sm text-ink-2 hover:bg-sunken hover:text-ink max-sm:size-7"
    >
      <Bell aria-hidden className="size-4" />
      <span className="sr-only">{label}</span>
      {isNews && (
        <span aria-hidden className="absolute top-1.5 right-1.5 size-1.5 rounded-full bg-accent" />
      )}
    </button>
  );
}
