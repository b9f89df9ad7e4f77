import type { Order } from '@claude-optimizer/protocol';
import { quoted } from './quoted.js';

const LONGEST = { project: 60, what: 80 };

/** What a launched session is called: its project, and its phase or else its first objective. */
export function runName({ project, path, phase, objectives }: Order): string {
  const place = project ?? path?.split(/[\\/]/u).findLast((part) => part !== '') ?? null;
  const parts = [
    quoted(place ?? '', LONGEST.project),
    quoted(phase ?? objectives[0] ?? '', LONGEST.what),
  ];
  return parts.filter((part) => part !== '').join(' — ');
}
