import { redactions, type Redaction } from '@claude-optimizer/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SESSION } from '../transcripts/lines.fixture.js';
import { Exporting } from './exporting.fixture.js';
import { openExport } from './open-export.js';
import { textOfPdf } from './pdf/pdf-text.fixture.js';
import { NEEDLES, needled } from './redaction.fixture.js';

const WANTED = [
  ...(['sessions', 'usage', 'tools'] as const).flatMap((what) => [
    { format: 'csv' as const, what },
    { format: 'json' as const, what },
  ]),
  ...(['md', 'html', 'pdf'] as const).map((format) => ({ format, what: 'sessions' as const })),
];
type Wanted = (typeof WANTED)[number];

/** All eight. */
const COMBINATIONS = redactions.reduce<Redaction[][]>(
  (all, one) => [...all, ...all.map((some) => [...some, one])],
  [[]],
);

let exporting: Exporting;
beforeAll(async () => {
  exporting = await Exporting.start(needled());
});
afterAll(() => exporting.close());

/** What a reader of the file can find, without the gaps that a line's end or an escape makes. */
async function found(wanted: Wanted, redact: Redaction[]): Promise<string> {
  const bytes = await exporting.bytes({ ...wanted, redact, ids: [SESSION] });
  const text = wanted.format === 'pdf' ? textOfPdf(bytes) : bytes.toString();
  return plain(text);
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s\\]/gu, '');
}

describe.each(WANTED)('$format of $what', (wanted) => {
  it.each(COMBINATIONS.map((redact) => [redact.join(' and ') || 'nothing', redact] as const))(
    'without %s',
    async (_name, redact) => {
      const whole = await found(wanted, []);
      const shared = await found(wanted, [...redact]);
      const wrong = NEEDLES.flatMap(({ word, gone }) => {
        const isThere = shared.includes(plain(word));
        const mayBe = !gone.some((one) => redact.includes(one)) && whole.includes(plain(word));
        return isThere === mayBe ? [] : [`${word} is ${isThere ? '' : 'not '}there`];
      });
      expect(wrong).toEqual([]);
    },
  );
});

it.each([
  ['csv', 3],
  ['json', 19],
  ['md', 24],
  ['html', 24],
  ['pdf', 19],
] as const)('has many of the words in %s when nothing is left out', async (format, least) => {
  const whole = await found({ format, what: 'sessions' }, []);
  const there = NEEDLES.filter(({ word }) => whole.includes(plain(word)));
  const missing = NEEDLES.filter((needle) => !there.includes(needle)).map(({ word }) => word);
  expect(there.length, `without ${missing.join(', ')}`).toBeGreaterThanOrEqual(least);
});

it.each(WANTED)('has nothing in the name of its file: $format of $what', async (wanted) => {
  const asked = { ...wanted, redact: [...redactions], ids: [SESSION] };
  const { fileName } = await openExport(exporting.origin, asked);
  for (const { word } of NEEDLES) expect(plain(fileName)).not.toContain(plain(word));
});
