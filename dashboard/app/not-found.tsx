import type { Metadata } from 'next';
import Link from 'next/link';
import { EmptyState } from '@/components/EmptyState';

export const metadata: Metadata = { title: 'Nothing here' };

export default function NotFound() {
  const look =
    'inline-flex h-8 items-center rounded-sm border border-line-strong bg-surface px-3 font-medium hover:bg-sunken';
  return (
    <EmptyState
      level="h1"
      title="There is nothing at this address"
      className="pt-24"
      actions={
        <>
          <Link href="/" className={look}>
            Live
          </Link>
          <Link href="/sessions" className={look}>
            All sessions
          </Link>
        </>
      }
    >
      <p>The link may be old, or a letter of it is missing.</p>
    </EmptyState>
  );
}
