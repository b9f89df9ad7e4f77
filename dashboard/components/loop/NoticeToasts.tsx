'use client';

import type { Notice } from '@claude-optimizer/protocol';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/Button';
import { useLoopNews } from '@/lib/loop/loop-news';
import { NoticeText } from './NoticeText';

/** Long enough to be read twice; what went wrong stays until it is taken away. */
const SHOWN_MS = 12_000;
const MOST = 3;

/** What has just happened, quietly; the list in the bar keeps it. */
export function NoticeToasts() {
  const notices = useLoopNews((news) => news.notices);
  const isLoaded = useLoopNews((news) => news.isLoaded);
  const [known, setKnown] = useState<readonly Notice[] | null>(null);
  const [shown, setShown] = useState<readonly Notice[]>([]);
  if (isLoaded && known !== notices) {
    setKnown(notices);
    // What was told before this page was there is in the list.
    const fresh = notices.filter(
      (notice) =>
        notice.kind !== 'ask' && (known ? !known.includes(notice) : isSinceOpened(notice)),
    );
    if (fresh.length > 0) setShown([...fresh, ...shown].slice(0, MOST));
  }
  const close = (id: string) => setShown((before) => before.filter((each) => each.id !== id));
  return (
    <div
      role="status"
      aria-label="News"
      className="pointer-events-none fixed inset-x-2 bottom-2 z-10 flex flex-col gap-2 sm:inset-x-auto sm:bottom-3 sm:left-3 sm:w-[24rem]"
    >
      {shown.map((notice) => (
        <Toast key={notice.id} notice={notice} onClose={() => close(notice.id)} />
      ))}
    </div>
  );
}

const isSinceOpened = ({ at }: Notice) => at >= performance.timeOrigin;

function Toast({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const [isRead, setRead] = useState(false);
  const stays = notice.level === 'error' || isRead;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  });
  return (
    <div
      className="pointer-events-auto flex items-start gap-2 rounded-md border border-line-strong bg-raised py-2 pr-1 pl-3"
      onPointerEnter={() => setRead(true)}
      onPointerLeave={() => setRead(false)}
      onFocus={() => setRead(true)}
      onBlur={() => setRead(false)}
    >
      <NoticeText notice={notice} />
      <Button look="quiet" size="small" aria-label="Close" onClick={onClose}>
        <X aria-hidden className="size-3.5" />
      </Button>
    </div>
  );
}
