import type { DoctorReport } from '@claude-optimizer/server';
import { expect, test } from 'vitest';
import { renderReport } from './render-report.js';

const REPORT: DoctorReport = {
  version: '1.2.3',
  node: 'v20.20.0',
  claudeDirs: [
    { path: '/home/ada/.claude', exists: true, transcripts: 1_304, bytes: 512_300_000 },
    { path: '/home/ada/.config/claude', exists: false, transcripts: 0, bytes: 0 },
  ],
  store: {
    path: '/home/ada/data/optimizer.db',
    exists: true,
    bytes: 9_800_000,
    holds: { sessions: 1_000, events: 175_320, filesRead: 1_304 },
  },
  malformed: {
    total: 3,
    lines: [{ file: '/home/ada/a.jsonl', byteOffset: 512, reason: 'not JSON', seenAt: 1 }],
  },
  costs: { compared: 12, differ: 0, differences: [], incomplete: 0, override: null },
  daemon: { url: 'http://localhost:3001', pid: 77, startedAt: 1 },
  dashboard: { path: '/opt/dashboard/out', built: true },
  claude: '/usr/bin/claude',
  problems: [],
};

test('shows all that was found', () => {
  const text = renderReport(REPORT);
  expect(text).toContain('/home/ada/.claude (1,304 transcripts, 512.3 MB)');
  expect(text).toContain('/home/ada/.config/claude (not there yet)');
  expect(text).toContain('(9.8 MB: 1,000 sessions, 175,320 events, 1,304 files read)');
  expect(text).toContain('running at http://localhost:3001 (process 77)');
  expect(text).toMatch(/malformed lines.*3\n {2}\/home\/ada\/a\.jsonl .*byte 512:.* not JSON\n/);
  expect(text).toContain('and 2 more');
});

test('shows what is in the way, and what to do', () => {
  const text = renderReport({
    ...REPORT,
    store: { path: '/data/optimizer.db', exists: true, bytes: 10, holds: null },
    malformed: { total: 0, lines: [] },
    daemon: null,
    dashboard: { path: '/opt/dashboard/out', built: false },
    claude: null,
    problems: [{ message: 'It was made by a newer version.', fix: 'Update.' }],
  });
  expect(text).toContain("can't be opened");
  expect(text).toContain('not running');
  expect(text).toContain('not built');
  expect(text).toContain('not on the PATH');
  expect(text).toMatch(/! ?.*It was made by a newer version\.\n {2}Update\./);
});

test('shows where our costs and the client’s part, and what would settle it', () => {
  const rates = { input: 3, output: 15, cacheRead: 0.15, cacheWrite5m: 3.75, cacheWrite1h: 6 };
  const text = renderReport({
    ...REPORT,
    costs: {
      compared: 12,
      differ: 23,
      incomplete: 4,
      override: { prices: { 'model-a': { ...rates, webSearch: 0.01 } } },
      differences: [
        {
          ...{ sessionId: 's1', title: null, at: 1 },
          ...{ oursMicrodollars: 63_000, clientsMicrodollars: 48_000 },
          models: [
            {
              model: 'model-a',
              costMicrodollars: -15_000,
              kinds: [],
              rate: { rate: 'cacheRead', ours: 0.3, clients: 0.15 },
            },
            {
              model: 'model-b',
              costMicrodollars: 0,
              kinds: [{ kind: 'outputTokens', ours: 1_000, clients: 1_200 }],
              rate: null,
            },
            { model: 'model-c', costMicrodollars: null, kinds: [], rate: null },
          ],
        },
      ],
    },
  });
  expect(text).toContain('12 sessions, 23 differ');
  expect(text).toContain('and 22 more, older');
  expect(text).toContain('model-c: it has no known price here');
  expect(text).toContain('ours $0.063');
  expect(text).toContain('model-a: cacheRead costs 0.15 instead of 0.3');
  expect(text).toContain('model-b: outputTokens 1,000, Claude Code 1,200');
  expect(text).toContain('4 responses: more was used than is known');
  expect(text).toContain('{"prices":{"model-a":{"input":3');
});
