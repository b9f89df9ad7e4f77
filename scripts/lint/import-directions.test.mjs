import path from 'node:path';
import { ESLint, Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { inRepo, ROOT } from '../lib/places.mjs';
import { importDirections, importProblem } from './import-directions.mjs';

const allowed = [
  ['packages/core/src/prices.ts', '@claude-optimizer/protocol'],
  ['packages/store/src/sqlite.ts', 'node:fs'],
  ['packages/server/src/start.ts', '@claude-optimizer/store'],
  ['packages/server/src/start.ts', './transcripts/log-monitor.js'],
  ['packages/server/src/http/sessions.ts', '../history.js'],
  ['packages/server/src/transcripts/writer.ts', '@claude-optimizer/store'],
  ['packages/cli/src/main.ts', '@claude-optimizer/server'],
  ['packages/core/src/fold/state.test.ts', 'node:fs'],
  ['packages/core/src/fold/lines.fixture.ts', 'node:fs'],
  ['dashboard/lib/live.ts', '@claude-optimizer/core/fold'],
  ['dashboard/next.config.ts', 'node:path'],
  ['tests/indexing/tail.test.ts', '@claude-optimizer/core'],
];

const refused = [
  ['packages/protocol/src/usage.ts', '@claude-optimizer/core'],
  ['packages/protocol/src/usage.ts', 'node:crypto'],
  ['packages/core/src/prices.ts', '@claude-optimizer/store'],
  ['packages/core/src/prices.ts', 'node:fs'],
  ['packages/store/src/sqlite.ts', '@claude-optimizer/core'],
  ['packages/server/src/start.ts', '@claude-optimizer/cli'],
  ['packages/server/src/http/sessions.ts', '@claude-optimizer/store'],
  ['packages/server/src/feed/outbox.ts', '@claude-optimizer/store'],
  ['packages/server/src/launcher/launcher.ts', '../transcripts/tail.js'],
  ['packages/server/src/calendar/watcher.ts', '../launcher/launcher.js'],
  ['packages/server/src/start.ts', '../../store/src/sqlite.js'],
  ['packages/cli/src/main.ts', '@claude-optimizer/store'],
  ['dashboard/lib/live.ts', '@claude-optimizer/core'],
  ['dashboard/lib/live.ts', '@claude-optimizer/server'],
  ['dashboard/lib/live.ts', '../../packages/core/src/prices.js'],
];

describe('the import directions', () => {
  it.each(allowed)('%s may import %s', (file, specifier) => {
    expect(importProblem(file, specifier)).toBeNull();
  });

  it.each(refused)('%s may not import %s', (file, specifier) => {
    expect(importProblem(file, specifier)).toEqual(expect.any(String));
  });

  it.each([
    "import { a } from '@claude-optimizer/store';",
    "import '@claude-optimizer/store';",
    "export { a } from '@claude-optimizer/store';",
    "export * from '@claude-optimizer/store';",
    "await import('@claude-optimizer/store');",
  ])('are reported by the linter in %s', (code) => {
    const linter = new Linter({ cwd: ROOT });
    const config = {
      files: ['**/*.ts'],
      plugins: { floors: { rules: { 'import-directions': importDirections } } },
      rules: { 'floors/import-directions': 'error' },
    };
    const messages = linter.verify(code, config, inRepo('packages/core/src/prices.ts'));
    expect(messages.map(({ ruleId }) => ruleId)).toEqual(['floors/import-directions']);
  });

  it.each(['packages/core/src/prices.ts', 'dashboard/app/page.tsx', 'packages/server/src/x.ts'])(
    'are an error in the configuration of %s',
    async (file) => {
      const config = await new ESLint({ cwd: ROOT }).calculateConfigForFile(path.join(ROOT, file));
      expect(config.rules['floors/import-directions']).toEqual([2]);
    },
  );
});
