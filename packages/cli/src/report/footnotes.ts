import type { UsageTotals } from '@claude-optimizer/protocol';
import { count } from './figures.js';

/** What limits a sum, one line each: what has no price, a relative's price, no final output. */
export function footnotes(totals: UsageTotals): string {
  const { unpricedMessages, unpricedTokens, estimatedMessages, incompleteMessages } = totals;
  const notes: string[] = [];
  if (unpricedMessages > 0) {
    const tokens = count(unpricedTokens, 'full');
    notes.push(
      `* ${responses(unpricedMessages)} (${tokens} tokens) without a known price: not in the cost.`,
    );
  }
  if (estimatedMessages > 0) {
    notes.push(
      `* ${responses(estimatedMessages)} priced by a model of a similar name: an estimate.`,
    );
  }
  if (incompleteMessages > 0) {
    notes.push(
      `* output incomplete: ${responses(incompleteMessages)} never got a final output count; more was used.`,
    );
  }
  return notes.map((note) => `${note}\n`).join('');
}

function responses(number: number): string {
  return `${count(number, 'full')} ${number === 1 ? 'response' : 'responses'}`;
}
