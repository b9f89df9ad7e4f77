import { expect, test } from 'vitest';
import { createLog, type LogSettings } from './log.js';

function logged(
  settings: Partial<LogSettings>,
  write: (log: ReturnType<typeof createLog>) => void,
) {
  const lines: string[] = [];
  write(
    createLog({
      level: 'info',
      readable: false,
      to: { write: (line) => lines.push(line) },
      ...settings,
    }),
  );
  return lines;
}

test('writes fields as JSON, from its level on', () => {
  const lines = logged({}, (log) => {
    log.debug('unseen');
    log.info({ files: 3 }, 'indexed');
  });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 30, files: 3, msg: 'indexed' });
});

test('never writes prompts, texts or tokens', () => {
  const [line] = logged({}, (log) => {
    log.info({ prompt: 'SECRET', turn: { text: 'SECRET', token: 'SECRET' }, id: 'a1' }, 'seen');
  });
  expect(line).not.toContain('SECRET');
  expect(line).toContain('a1');
});

test('writes for people where one is looking', () => {
  const lines = logged({ readable: true }, (log) => log.warn({ port: 3001 }, 'taken'));
  expect(lines.join('')).toMatch(/WARN.*taken[\s\S]*port.*3001/);
});
