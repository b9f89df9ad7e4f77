import { exportDocumentSchema, redactions, totalTokens } from '@claude-optimizer/protocol';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OTHER, SESSION } from '../transcripts/lines.fixture.js';
import { exportJsonSchema } from './export-schema.js';
import { Exporting, NEEDLES } from './exporting.fixture.js';
import { openExport } from './open-export.js';
import { previewExport } from './preview-export.js';

let exporting: Exporting;
beforeAll(async () => {
  exporting = await Exporting.start();
});
afterAll(() => exporting.close());

/** What a strict reader makes of it: any quote, comma or line amiss throws. */
async function rows(what: 'sessions' | 'usage' | 'tools', more: object = {}) {
  const text = await exporting.text({ format: 'csv', what, ...more });
  return parse<Record<string, string>>(text, { columns: true, record_delimiter: '\r\n' });
}

describe('as CSV', () => {
  it('has a row for each session, oldest first, with the sums of the store', async () => {
    const [first, second, ...rest] = await rows('sessions');
    expect(rest).toEqual([]);
    expect([first?.['session_id'], second?.['session_id']]).toEqual([SESSION, OTHER]);
    const stored = (await exporting.store.sessions([SESSION])).get(SESSION);
    const { usage } = stored?.state.summary ?? {};
    expect(Number(first?.['total_tokens'])).toBe(usage && totalTokens(usage));
    expect(Math.round(Number(first?.['cost_usd']) * 1e6)).toBe(usage?.costMicrodollars);
    expect(first).toMatchObject({
      objectives_completed: '1',
      objectives_total: '2',
      tool_calls: '5',
    });
  });

  it('tells a title that would be a formula as a text', async () => {
    expect((await rows('sessions'))[0]?.['title']).toBe(`'=Marzipan "tills"`);
  });

  it('has responses whose costs add up to each session’s', async () => {
    const responses = await rows('usage');
    for (const session of await rows('sessions')) {
      const costs = responses.filter((row) => row['session_id'] === session['session_id']);
      const sum = costs.reduce((all, row) => all + Math.round(Number(row['cost_usd']) * 1e6), 0);
      expect(sum).toBe(Math.round(Number(session['cost_usd']) * 1e6));
      expect(String(costs.length)).toBe(session['responses']);
    }
  });

  it('has each finished call of a tool', async () => {
    expect((await rows('tools')).map(({ tool, outcome }) => `${tool} ${outcome}`)).toEqual([
      ...['Bash ok', 'Edit ok', 'Write ok', 'Write ok', 'TodoWrite ok'],
    ]);
  });
});

describe('as JSON', () => {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(exportJsonSchema());

  it.each(['sessions', 'usage', 'tools'] as const)('is valid by its schema: %s', async (what) => {
    const document: unknown = JSON.parse(await exporting.text({ what }));
    expect(validate(document), ajv.errorsText(validate.errors)).toBe(true);
    expect(exportDocumentSchema.parse(document)).toEqual(document);
  });

  it('is refused by its schema when something is amiss', () => {
    expect(validate({ format: 'claude-optimizer-export', what: 'sessions' })).toBe(false);
  });

  it('is valid when nothing was found', async () => {
    const document: unknown = JSON.parse(await exporting.text({ project: 'nowhere' }));
    expect(validate(document)).toBe(true);
    expect(document).toMatchObject({ sessions: [] });
  });
});

describe('a selection', () => {
  const ids = async (selection: object) =>
    (await rows('sessions', selection)).map((row) => row['session_id']);

  it.each([
    ['an id', { ids: [OTHER] }, [OTHER]],
    ['a project by its last folder', { project: 'shop' }, [SESSION, OTHER]],
    ['a model', { model: 'claude-haiku-4-5' }, [OTHER]],
    ['days', { since: '2026-01-05', until: '2026-01-05', timezone: 'UTC' }, [SESSION, OTHER]],
    ['days before', { until: '2026-01-04', timezone: 'UTC' }, []],
    ['a status', { status: ['failed'] }, []],
  ] as const)('by %s', async (_what, selection, expected) => {
    expect(await ids(selection)).toEqual(expected);
  });

  it('refuses ids that there are not, before anything is written', async () => {
    const asked = {
      format: 'csv',
      what: 'sessions',
      redact: [],
      ids: [SESSION, 'nobody'],
    } as const;
    await expect(
      openExport(exporting.origin, { ...asked, ids: [...asked.ids], redact: [] }),
    ).rejects.toMatchObject({
      code: 'not_found',
      message: 'There is no session "nobody".',
    });
  });

  it('refuses rows in a format that has none', async () => {
    const asked = { format: 'pdf', what: 'usage', redact: [] } as const;
    await expect(openExport(exporting.origin, { ...asked, redact: [] })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('says how large it will be', async () => {
    const asked = { format: 'csv', what: 'sessions', redact: [] } as const;
    const preview = await previewExport(exporting.origin, { ...asked, redact: [] });
    const { length } = await exporting.bytes({ format: 'csv' });
    expect(preview).toMatchObject({ sessions: 2, bytes: length, exact: true });
    expect(preview.fileName).toBe('claude-sessions-2026-01-06.csv');
  });
});

const FORMATS = [
  { format: 'csv', what: 'sessions' },
  { format: 'csv', what: 'usage' },
  { format: 'csv', what: 'tools' },
  { format: 'json', what: 'sessions' },
  { format: 'json', what: 'tools' },
  { format: 'md', what: 'sessions' },
  { format: 'html', what: 'sessions' },
  // Of one session the whole conversation is told.
  { format: 'md', ids: [SESSION] },
  { format: 'html', ids: [SESSION] },
] as const;

describe.each(FORMATS)('$format of $what$ids', (wanted) => {
  it.each(redactions)('has nothing of the %s when they are left out', async (redaction) => {
    const text = (await exporting.text({ ...asked(wanted), redact: [redaction] })).toLowerCase();
    for (const needle of NEEDLES[redaction]) expect(text).not.toContain(needle.toLowerCase());
  });
});

function asked(wanted: (typeof FORMATS)[number]) {
  return 'ids' in wanted ? { ...wanted, ids: [...wanted.ids] } : wanted;
}

it('has all of what may be left out when nothing is', async () => {
  const text = (await exporting.text({})).toLowerCase();
  for (const needle of Object.values(NEEDLES).flat()) expect(text).toContain(needle.toLowerCase());
});
