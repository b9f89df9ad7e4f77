'use client';

import { useEffect } from 'react';
import { useActiveIds } from '@/lib/feed/hooks';
import { useAskedIds } from '@/lib/loop/loop-news';

const COUNT = /^\(\d+\) /;

/** How many sessions need an answer, in the tab's title, on whichever page it stands. */
export function TitleCount() {
  const count = useAskedIds(useActiveIds('answer')).length;
  useEffect(() => {
    if (count === 0) return;
    const mark = () => {
      const title = `(${count}) ${document.title.replace(COUNT, '')}`;
      if (document.title !== title) document.title = title;
    };
    mark();
    // Each page sets its own title, at its own time.
    const observer = new MutationObserver(mark);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      document.title = document.title.replace(COUNT, '');
    };
  }, [count]);
  return null;
}
