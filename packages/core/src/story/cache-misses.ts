import { FINDING_RULES, findingOf, type About, type Finding } from './finding.js';
import { threadsOf, type Response } from './responses.js';
import type { Story } from './story.js';

type Case = { response: Response; tokens: number; about: About };

/** Responses that sent again what a cache could have given, by how long the pause before was. */
export function cacheMisses(story: Story): Finding[] {
  const afterHour: Case[] = [];
  const afterPause: Case[] = [];
  const others: Case[] = [];
  for (const thread of threadsOf(story.responses)) {
    thread.forEach((response, index) => {
      const before = thread[index - 1];
      if (!before || !isMiss(before, response)) return;
      const ms = response.at - before.at;
      const about: About =
        before.model === response.model
          ? { type: 'pause', ms }
          : { type: 'model', from: before.model, to: response.model };
      const found = { response, tokens: sentAnew(response), about };
      // Another model has a cache of its own: no pause is to blame.
      if (about.type === 'model' || ms <= FINDING_RULES.shortPauseMs) others.push(found);
      else if (ms <= FINDING_RULES.longPauseMs) afterPause.push(found);
      else afterHour.push(found);
    });
  }
  return [
    findingOf('miss-after-hour', afterHour),
    findingOf('miss-after-pause', afterPause),
    findingOf('miss', others),
  ];
}

function isMiss(before: Response, response: Response): boolean {
  const { missTokens, missShare } = FINDING_RULES;
  return (
    before.front >= missTokens &&
    // After a compaction there is little left that could have been read.
    response.front >= before.front * missShare &&
    sentAnew(response) >= missTokens &&
    response.usage.cacheReadTokens < Math.min(before.front, response.front) * missShare
  );
}

function sentAnew({ front, usage }: Response): number {
  return front - usage.cacheReadTokens;
}
