import type { Mark } from '@claude-optimizer/core/story';
import {
  Ban,
  CircleCheck,
  CircleStop,
  OctagonAlert,
  RefreshCw,
  Repeat2,
  Shrink,
  type LucideIcon,
} from 'lucide-react';

type Look = { name: string; Icon: LucideIcon; color: string };

/** How each kind of mark looks, and what it is called. */
export const MARK_LOOKS: Record<Mark['kind'], Look> = {
  error: { name: 'Error', Icon: OctagonAlert, color: 'text-danger' },
  retry: { name: 'API error, retried', Icon: RefreshCw, color: 'text-warning' },
  denied: { name: 'Denied', Icon: Ban, color: 'text-warning' },
  compaction: { name: 'Compaction', Icon: Shrink, color: 'text-info' },
  interruption: { name: 'Interrupted', Icon: CircleStop, color: 'text-danger' },
  objective: { name: 'Objective completed', Icon: CircleCheck, color: 'text-good' },
  model: { name: 'Another model', Icon: Repeat2, color: 'text-ink-2' },
};
