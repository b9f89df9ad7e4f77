import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CompareView } from '@/components/compare/CompareView';

export const metadata: Metadata = { title: 'Compare' };

export default function ComparePage() {
  return (
    // What reads the address's query needs one around it in a static page.
    <Suspense>
      <CompareView />
    </Suspense>
  );
}
