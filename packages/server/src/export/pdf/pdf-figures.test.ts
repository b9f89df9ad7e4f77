import { formatCost, groupDigits, totalTokens, type Usage } from '@claude-optimizer/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OTHER, SESSION } from '../../transcripts/lines.fixture.js';
import { Exporting } from '../exporting.fixture.js';
import { textOfPdf } from './pdf-text.fixture.js';

let exporting: Exporting;
beforeAll(async () => {
  exporting = await Exporting.start();
});
afterAll(() => exporting.close());

async function summaryOf(id: string) {
  const stored = (await exporting.store.sessions([id])).get(id);
  if (stored === undefined) throw new Error('the session is not stored');
  return stored.state.summary;
}

/** What the title page must say of a sum, by words of our own. */
function figures(usage: Usage): string[] {
  const read = usage.inputTokens + usage.cacheReadTokens;
  const written = usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  const hits = (usage.cacheReadTokens / (read + written)) * 100;
  return [
    formatCost(usage.costMicrodollars),
    groupDigits(totalTokens(usage)),
    groupDigits(usage.outputTokens),
    `${hits.toFixed(1)} %`,
  ];
}

async function pages(ids: string[]): Promise<string[]> {
  const text = textOfPdf(await exporting.bytes({ format: 'pdf', ids }));
  return text.split('\n').map((line) => line.trim());
}

it('has the session’s own figures on its title page', async () => {
  const summary = await summaryOf(SESSION);
  const lines = await pages([SESSION]);
  const title = lines.slice(0, lines.indexOf('Objectives') + 1).join('\n');
  for (const figure of figures(summary.usage)) expect(title).toContain(figure);
  expect(title).toContain(
    summary.usage.messages === 1 ? '1 response' : `${String(summary.usage.messages)} responses`,
  );
  expect(title).toContain(SESSION);
  const { tools, toolErrors, denials, prompts } = summary.counts;
  expect(title).toContain(
    `${String(tools)}, ${String(toolErrors)} failed, ${String(denials)} denied`,
  );
  expect(prompts).toBe(1);
  expect(title).toContain('1 of 2 completed');
});

it('has the sum of all sessions on the title page of several', async () => {
  const usages = [(await summaryOf(SESSION)).usage, (await summaryOf(OTHER)).usage];
  const sum = (of: (usage: Usage) => number) => usages.reduce((all, usage) => all + of(usage), 0);
  const lines = (await pages([SESSION, OTHER])).join('\n');
  expect(lines).toContain(groupDigits(sum(totalTokens)));
  expect(lines).toContain(formatCost(sum(({ costMicrodollars }) => costMicrodollars ?? 0)));
  expect(lines).toContain(`${String(sum(({ messages }) => messages))} responses`);
});
