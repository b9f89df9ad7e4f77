import { groupDigits } from '@claude-optimizer/protocol';
import type { ExportedPassage, ExportedTool } from './exported-passage.js';
import { shownDuration } from './figures.js';

/** How a call ended, how long it took and how much it answered: `error · 3 s · 2,400 characters`. */
export function toolOutcome({ outcome, durationMs, resultLength }: ExportedTool): string {
  const facts = [
    outcome === null ? 'no result' : outcome === 'ok' ? '' : outcome,
    durationMs === null ? '' : shownDuration(durationMs),
    resultLength === 0 ? '' : `${groupDigits(resultLength)} characters`,
  ];
  return facts.filter((fact) => fact !== '').join(' · ');
}

/** What is missing of a text that was cut; empty for a whole one. */
export function cutNote({ text, length }: Pick<ExportedPassage, 'text' | 'length'>): string {
  if (text.length >= length) return '';
  return `The first ${groupDigits(text.length)} of ${groupDigits(length)} characters.`;
}

/** Pictures and documents that came with a text, named: `image/png, 12 KB`. */
export function enclosureWords({ enclosures }: ExportedPassage): string[] {
  return enclosures.map(({ mediaType, bytes, name }) =>
    [name ?? mediaType, `${groupDigits(Math.ceil(bytes / 1_024))} KB`].join(', '),
  );
}
