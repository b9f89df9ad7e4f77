import { doubleCharge } from './scenarios/double-charge.js';
import { earlierSessions } from './scenarios/earlier.js';
import { giftCards } from './scenarios/gift-cards.js';
import { priceImport, priceImportAgain } from './scenarios/price-import.js';
import { releaseNotes } from './scenarios/release-notes.js';
import { returnsPage } from './scenarios/returns-page.js';
import { searchMigration } from './scenarios/search-migration.js';
import type { Scenario } from './script.js';

/** A scenario and when it begins, in ms of life since the round's start; negative is before it. */
export type Entrance = {
  at: number;
  scenario: Scenario;
  /** How many times longer than told everything took before the round's start. */
  pastPace?: number;
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Nothing happens for so long between two rounds. */
export const INTERVAL_MS = 12 * SECOND;

/** The sessions of every round, one after another in the middle of others. */
const ROUND: readonly Entrance[] = [
  { at: 0, scenario: giftCards },
  { at: 5 * SECOND, scenario: searchMigration },
  { at: 14 * SECOND, scenario: doubleCharge },
  { at: 26 * SECOND, scenario: returnsPage },
  { at: 40 * SECOND, scenario: priceImport },
  { at: 75 * SECOND, scenario: releaseNotes },
  { at: 190 * SECOND, scenario: priceImportAgain },
];

/** In the first round some sessions have been going on for a while: there is something to see. */
const HEAD_STARTS = new Map([
  [searchMigration, 3 * MINUTE],
  [giftCards, 2 * MINUTE],
  [doubleCharge, 0.4 * MINUTE],
]);
/** They took their time: a chart of half an hour shows what they did. */
const PAST_PACE = 8;

/** Who enters when in the round with this number (from 0); the first one has a past. */
export function round(number: number): readonly Entrance[] {
  if (number > 0) return ROUND;
  const live = ROUND.map(({ at, scenario }) => ({
    at: at - (HEAD_STARTS.get(scenario) ?? 0),
    scenario,
    pastPace: PAST_PACE,
  }));
  const past = earlierSessions.map(({ hoursAgo, scenario }) => ({
    at: -hoursAgo * HOUR,
    scenario,
  }));
  return [...past, ...live];
}
