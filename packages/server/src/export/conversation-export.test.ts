import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Lines, SESSION } from '../transcripts/lines.fixture.js';
import { Exporting } from './exporting.fixture.js';
import { previewExport } from './preview-export.js';

const LONG = `${'A long prompt. '.repeat(200)}Its very end.`;
const ANSWER = `# What I did\n\n- \`npm ci\` ran\n\n\`\`\`ts\nconst sum = 2;\n\`\`\`\n\n${'More words. '.repeat(100)}The last word.`;
const HOSTILE =
  '<script>alert(1)</script> <img src=x onerror=alert(2)> [link](javascript:alert(3)) ' +
  '![spy](https://spy.example/x.png) `<b>` turned \u202Earound\n\n</details></article>\n\n```\n</pre>';

let exporting: Exporting;
beforeEach(async () => {
  const lines = new Lines(SESSION);
  const agent = new Lines(SESSION, { agentId: 'a1b2c3d4', from: 20 });
  exporting = await Exporting.start({
    [`${SESSION}.jsonl`]: [
      lines.prompt(LONG),
      lines.says('m1', ANSWER),
      lines.calls('m2', 't1', 'Bash', { command: 'npm test' }),
      lines.result('t1', 'x'.repeat(50_000)),
      lines.calls('m3', 't2', 'Agent', { description: 'Count', prompt: 'Count the coins' }),
      lines.result('t2', 'Seven.', { toolUseResult: { status: 'completed', agentId: 'a1b2c3d4' } }),
      lines.says('m4', HOSTILE),
      lines.prompt(HOSTILE),
      'no json\n',
      lines.record('system', { subtype: 'compact_boundary', compactMetadata: { preTokens: 9 } }),
    ].join(''),
    [`${SESSION}/subagents/agent-a1b2c3d4.jsonl`]:
      agent.prompt('Count the coins') + agent.says('m9', 'I count **seven** coins.'),
  });
});
afterEach(() => exporting.close());

const one = (format: 'md' | 'html', more: object = {}) =>
  exporting.text({ format, ids: [SESSION], ...more });

describe.each(['md', 'html'] as const)('one session as %s', (format) => {
  it('holds prompts and answers whole, and sums up what tools did', async () => {
    const text = await one(format);
    for (const words of ['Its very end.', 'The last word.', 'npm test', '50,000 characters']) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('x'.repeat(2_000));
    expect(text).not.toContain('Timeline');
    const at = (words: string) => text.indexOf(words);
    expect(at('Count the coins')).toBeLessThan(at('coins.'));
    expect(at('coins.')).toBeLessThan(at('Compacted'));
    expect(at('Unreadable line')).toBeGreaterThan(0);
  });

  it('tells the timeline where the transcript is gone, and says why', async () => {
    exporting.remove(`${SESSION}.jsonl`);
    exporting.remove(`${SESSION}/subagents/agent-a1b2c3d4.jsonl`);
    const text = await one(format);
    expect(text).toContain('The transcript is gone');
    expect(text).toContain('Timeline');
    expect(text).not.toContain('Its very end.');
  });

  it('has no word of it when prompts are left out', async () => {
    const text = await one(format, { redact: ['prompts'] });
    for (const words of ['long prompt', 'last word', 'coins', 'alert']) {
      expect(text).not.toContain(words);
    }
  });
});

it('lets nothing of a transcript be HTML', async () => {
  const text = await one('html');
  const own = text.slice(text.indexOf('class="conversation"'));
  expect(own).not.toMatch(/<(script|img|b>turned)|javascript:alert\(3\)"|href="javascript/u);
  expect(own.match(/<\/article>/gu)).toHaveLength(1);
  expect(own.match(/<details/gu)?.length).toBe(own.match(/<\/details>/gu)?.length);
  expect(own).toContain('⟨U+202E⟩');
  expect(own).toContain('<strong>seven</strong>');
});

it('knows about how large it will be before all of it is written', async () => {
  const lines = new Lines(SESSION);
  const long = Array.from({ length: 3_000 }, (_, n) =>
    lines.says(`m${String(n)}`, 'word '.repeat(400)),
  );
  const large = await Exporting.start({ [`${SESSION}.jsonl`]: lines.prompt('Go') + long.join('') });
  const asked = { format: 'html', what: 'sessions', redact: [], ids: [SESSION] } as const;
  const { bytes, exact } = await previewExport(large.origin, {
    ...asked,
    redact: [],
    ids: [SESSION],
  });
  const { length } = await large.bytes({ format: 'html', ids: [SESSION] });
  await large.close();
  expect(exact).toBe(false);
  expect(bytes / length).toBeGreaterThan(0.8);
  expect(bytes / length).toBeLessThan(1.25);
});
