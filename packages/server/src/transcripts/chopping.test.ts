import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lines, SESSION, tokens } from './lines.fixture.js';
import { Reading } from './reading.fixture.js';

const FILE = `-home-dev-shop/${SESSION}.jsonl`;

/** A session with what is hard to read in pieces: long and multi-byte text, glued and odd lines. */
function transcript(): Buffer {
  const lines = new Lines(SESSION);
  const glued = (line: string) => line.trimEnd();
  return Buffer.concat(
    [
      lines.side({ type: 'ai-title', aiTitle: 'Größe 🎉' }),
      lines.prompt('Räume auf 🧹, 日本語も'),
      lines.says('m1', '✅ Schön gemacht 🎊', tokens(1)),
      '\n',
      lines.calls('m1', 't1', 'TodoWrite', {
        todos: [
          { content: 'Ä', status: 'pending' },
          { content: 'B', status: 'pending' },
        ],
      }),
      lines.says('m1', 'x'.repeat(300), tokens(40)),
      glued(lines.result('t1', 'ok')),
      lines.calls('m2', 't2', 'Bash', { command: 'echo "}{"' }),
      'no JSON: {"\n',
      lines.result('t2', 'Exit code 1', { toolUseResult: 'Error: Exit code 1' }),
      '\r\n\0\0\0',
      lines.calls('m3', 't3', 'Task', { description: 'Look', prompt: 'Look 👀' }),
      lines.record('user', {
        isSidechain: true,
        parentUuid: null,
        message: { role: 'user', content: 'Look 👀' },
      }),
      glued(lines.side({ type: 'custom-title', customTitle: 'Ende' })),
      lines.prompt('weiter'),
      lines.side({ type: 'cost-state', totalCostUSD: 0.0121755 }),
      glued(lines.says('m4', 'kein Zeilenende', tokens(9))),
    ].map((line) => Buffer.from(line)),
  );
}

describe('reading in pieces', () => {
  it('gives the same events wherever the bytes are cut, and wherever the daemon was restarted', async () => {
    const bytes = transcript();
    const whole = await Reading.open();
    whole.write(FILE, bytes);
    await whole.read(FILE);
    expect(whole.events.length).toBeGreaterThan(25);
    const malformed = await whole.store.malformed(9);
    expect(malformed.total).toBe(1);

    const cut = fc.record({ at: fc.nat(bytes.length), restart: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { maxLength: 25 }), async (cuts) => {
        const reading = await Reading.open();
        try {
          reading.write(FILE, '');
          let from = 0;
          for (const { at, restart } of [...cuts].sort((a, b) => a.at - b.at)) {
            reading.append(FILE, bytes.subarray(from, at));
            from = at;
            await reading.read(FILE);
            if (restart) await reading.restart();
          }
          reading.append(FILE, bytes.subarray(from));
          await reading.read(FILE);
          expect(reading.events).toEqual(whole.events);
          expect(await reading.session(SESSION)).toEqual(await whole.session(SESSION));
          expect(reading.folded().get(SESSION)).toEqual(await whole.session(SESSION));
          expect((await reading.store.malformed(9)).total).toBe(1);
          expect(await reading.scan(FILE)).toEqual([]);
        } finally {
          await reading.close();
        }
      }),
      { numRuns: 40 },
    );
    await whole.close();
  }, 60_000);

  it('gives the same events byte by byte', async () => {
    const bytes = transcript().subarray(0, 700);
    const whole = await Reading.open();
    whole.write(FILE, bytes);
    await whole.read(FILE);
    const reading = await Reading.open();
    reading.write(FILE, '');
    for (const byte of bytes) {
      reading.append(FILE, Buffer.from([byte]));
      await reading.read(FILE);
    }
    expect(reading.events).toEqual(whole.events);
    await whole.close();
    await reading.close();
  }, 30_000);

  it('numbers what it stores without a gap, in one series for all sessions', async () => {
    const reading = await Reading.open();
    reading.write(FILE, transcript());
    await reading.read(FILE);
    const stored = await reading.store.eventsAfter(0, 1_000);
    expect(stored).toEqual(reading.events);
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1));
    await reading.close();
  });
});
