import type { Notice } from '@claude-optimizer/protocol';
import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { RelativeTime } from '@/components/RelativeTime';
import { sessionHref } from '@/lib/session-path';

const LOOKS = {
  info: { icon: Info, color: 'text-info' },
  warning: { icon: TriangleAlert, color: 'text-warning' },
  error: { icon: OctagonAlert, color: 'text-danger' },
};

/** What was told, and where it leads. */
export function NoticeText({ notice }: { notice: Notice }) {
  const { level, title, text, at, sessionId, planId } = notice;
  const { icon: Icon, color } = LOOKS[level];
  const href = sessionId !== null ? sessionHref(sessionId) : planId !== null ? '/schedule' : null;
  return (
    <div className="flex min-w-0 flex-1 items-start gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${color}`} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline justify-between gap-2">
          <span className="font-medium break-words">
            <span className="sr-only">{level}: </span>
            {title}
          </span>
          <RelativeTime at={at} className="shrink-0 text-2xs text-ink-3" />
        </p>
        <p className="text-xs break-words text-ink-2">{text}</p>
        {href !== null && (
          <Link href={href} prefetch={false} className="text-xs text-accent underline">
            {sessionId !== null ? 'See the session' : 'See the schedule'}
          </Link>
        )}
      </div>
    </div>
  );
}
