'use client';

import { Search, Settings } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { Suspense, useState, type ReactNode } from 'react';
import { loadNamedConversation } from '@/components/conversation/load-conversation';
import { ConnectionStatus } from '@/components/ConnectionStatus';
import { useIsLate } from '@/hooks/useIsLate';
import { getFeed } from '@/lib/feed/hooks';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import { lazyView } from '@/lib/lazy-view';
import { DemoBanner } from './DemoBanner';
import { Footer } from './Footer';
import { IndexingProgress } from './IndexingProgress';
import { MalformedLink } from './MalformedLink';
import { Navigation } from './Navigation';
import { NoticeBell } from './NoticeBell';
import { OutdatedBanner } from './OutdatedBanner';
import { ThemeSwitch } from './ThemeSwitch';
import { TitleCount } from './TitleCount';

const Palette = lazyView(() =>
  import('@/components/palette/Palette').then((module) => ({ default: module.Palette })),
);
const HotkeyList = lazyView(() =>
  import('./HotkeyList').then((module) => ({ default: module.HotkeyList })),
);
const LoopCorner = lazyView(() =>
  import('@/components/loop/LoopCorner').then((module) => ({ default: module.LoopCorner })),
);
const NoticeList = lazyView(() =>
  import('@/components/loop/NoticeList').then((module) => ({ default: module.NoticeList })),
);
const LaunchDialog = lazyView(() =>
  import('@/components/loop/LaunchDialog').then((module) => ({ default: module.LaunchDialog })),
);

/** What isn't of the first view comes so long after it. */
const LATE_MS = 300;

// As soon as this module is there: an effect would wait for hydration and a paint.
if (typeof window !== 'undefined') {
  getFeed().start();
  loadNamedConversation();
}

/** What every page has around it: the bar, the banners, the keys, the palette. */
export function AppShell({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<'palette' | 'keys' | 'notices' | 'launch' | null>(null);
  const isLate = useIsLate(LATE_MS);
  const router = useRouter();
  useHotkeys(
    [
      { keys: '?', label: 'Show this list', run: () => setOpen('keys') },
      { keys: 'mod+k', label: 'Jump to a session or page', run: () => setOpen('palette') },
      { keys: '/', label: 'Search', run: () => setOpen('palette') },
      { keys: 'g l', label: 'Go to Live', run: () => router.push('/') },
      { keys: 'g s', label: 'Go to Sessions', run: () => router.push('/sessions') },
      { keys: 'g u', label: 'Go to Usage', run: () => router.push('/usage') },
      { keys: 'g c', label: 'Go to Schedule', run: () => router.push('/schedule') },
      { keys: 'g h', label: 'Go to Health', run: () => router.push('/health') },
      { keys: 'g ,', label: 'Go to Settings', run: () => router.push('/settings') },
      { keys: 'r', label: 'Launch a session', run: () => setOpen('launch') },
    ],
    'everywhere',
  );
  const close = () => setOpen(null);
  return (
    <>
      <a
        href="#content"
        className="sr-only z-20 rounded-sm bg-raised px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-10 border-b border-line bg-surface">
        <div className="flex h-11 items-center gap-3 px-3 sm:px-4">
          <Navigation />
          <div className="ml-auto flex items-center gap-1 sm:gap-2">
            <IndexingProgress />
            <MalformedLink />
            <ConnectionStatus />
            <button
              type="button"
              onClick={() => setOpen('palette')}
              title="Jump to a session or page (⌘K)"
              className="inline-flex h-8 items-center gap-1.5 rounded-sm px-2 text-ink-2 hover:bg-sunken hover:text-ink max-sm:hidden"
            >
              <Search aria-hidden className="size-4" />
              <span className="sr-only">Jump to a session or page</span>
              <kbd aria-hidden className="font-mono text-2xs text-ink-3 max-lg:hidden">
                ⌘K
              </kbd>
            </button>
            <NoticeBell onOpen={() => setOpen('notices')} />
            <Link
              href="/settings"
              prefetch={false}
              title="Settings"
              className="inline-flex size-8 items-center justify-center rounded-sm text-ink-2 hover:bg-sunken hover:text-ink max-sm:hidden"
            >
              <Settings aria-hidden className="size-4" />
              <span className="sr-only">Settings</span>
            </Link>
            <ThemeSwitch />
          </div>
        </div>
      </header>
      <TitleCount />
      <OutdatedBanner />
      <DemoBanner />
      <main id="content" tabIndex={-1} className="min-h-[calc(100dvh-2.75rem)] outline-none">
        {children}
      </main>
      <Footer onKeys={() => setOpen('keys')} />
      <Suspense>
        {open === 'palette' && <Palette onClose={close} onLaunch={() => setOpen('launch')} />}
        {open === 'keys' && <HotkeyList onClose={close} />}
        {open === 'notices' && <NoticeList onClose={close} />}
        {open === 'launch' && <LaunchDialog onClose={close} />}
      </Suspense>
      <Suspense>{isLate && <LoopCorner />}</Suspense>
    </>
  );
}
