import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const HISTORY = '{archive,conversation,fuzz,indexing,replay,rest,search,truth}';
const fromOutside = { testTimeout: 60_000, hookTimeout: 120_000 };
const fromSource = ['@claude-optimizer/source', ...defaultServerConditions];

export default defineConfig({
  test: {
    projects: [
      {
        // Quick and in parallel; our own packages are taken from their sources.
        resolve: { conditions: fromSource },
        ssr: { resolve: { conditions: fromSource } },
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'dashboard/**/*.test.{ts,tsx}',
            'scripts/**/*.test.mjs',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**', '**/out/**'],
          // A wait that ends in time costs nothing; on a busy machine a second is too short.
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // The built product from outside where it reads, keeps and answers: two files at a time.
        test: {
          ...fromOutside,
          name: 'e2e-history',
          include: [`tests/${HISTORY}/*.test.ts`],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // With a browser or the real client, which take the machine for themselves: one by one.
        test: {
          ...fromOutside,
          name: 'e2e',
          include: ['tests/**/*.test.ts'],
          exclude: [`tests/${HISTORY}/**`],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
