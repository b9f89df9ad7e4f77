import type { Metadata } from 'next';
import { LiveView } from '@/components/live/LiveView';

// The layout's template is for the pages below it, not for the one beside it.
export const metadata: Metadata = { title: 'Live · Claude Code Optimizer' };

export default function LivePage() {
  return <LiveView />;
}
