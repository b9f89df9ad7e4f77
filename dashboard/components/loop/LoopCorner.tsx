'use client';

import { useEffect } from 'react';
import { followLoop } from '@/lib/loop/follow-loop';
import { AskPanel } from './AskPanel';
import { NoticeToasts } from './NoticeToasts';

/** What may want the person on any page: questions and news. Comes after the first view. */
export function LoopCorner() {
  useEffect(followLoop, []);
  return (
    <>
      <NoticeToasts />
      <AskPanel />
    </>
  );
}
