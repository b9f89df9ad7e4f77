'use client';

import { DialogFrame } from '@/components/DialogFrame';
import { useLoopNews } from '@/lib/loop/loop-news';
import { NoticeText } from './NoticeText';

/** The newest notices, for those who weren't looking. */
export function NoticeList({ onClose }: { onClose: () => void }) {
  const notices = useLoopNews((news) => news.notices);
  return (
    <DialogFrame title="Notices" onClose={onClose} className="max-w-lg" isText>
      {notices.length === 0 ? (
        <p className="text-ink-2">
          Nothing yet. Warnings before planned sessions, limits and ends of runs are kept here.
        </p>
      ) : (
        <ul className="-my-2 divide-y divide-line">
          {notices.map((notice) => (
            <li key={notice.id} className="py-2">
              <NoticeText notice={notice} />
            </li>
          ))}
        </ul>
      )}
    </DialogFrame>
  );
}
