import { describe } from 'vitest';
import { itCommits } from './contract/commits.fixture.js';
import { itLists } from './contract/lists.fixture.js';
import { itSums } from './contract/usage.fixture.js';
import type { Store } from './store.js';

/** What every store must do, whatever it keeps its rows in. */
export function itIsAStore(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    describe('commits', () => itCommits(open));
    describe('lists', () => itLists(open));
    describe('sums', () => itSums(open));
  });
}
