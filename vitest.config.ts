import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

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
        // The built product from outside, one file after another: they measure and they kill.
        test: {
          name: 'e2e',
          include: ['tests/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
