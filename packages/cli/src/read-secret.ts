import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { OptimizerError } from '@claude-optimizer/protocol';

/**
 * A secret that the person types or pastes, without showing it; where stdin is no terminal, its
 * first line. Never an argument: other users of the machine could read that.
 */
export async function readSecret(question: string, optional = false): Promise<string> {
  const { stdin, stderr } = process;
  const secret = stdin.isTTY ? await typed(question) : (await text(stdin)).split(/\r?\n/)[0];
  if (stdin.isTTY) stderr.write('\n');
  const given = secret?.trim() ?? '';
  if (given !== '' || optional) return given;
  throw new OptimizerError('bad_request', `${question} is missing.`, {
    fix: 'Type it when asked, or give it as the first line of stdin.',
  });
}

async function typed(question: string): Promise<string> {
  process.stderr.write(`${question} (not shown): `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const stopped = new AbortController();
  terminal.on('SIGINT', () => stopped.abort());
  try {
    return await terminal.question('', { signal: stopped.signal });
  } catch {
    throw new OptimizerError('bad_request', 'Nothing was given.', { fix: 'Nothing was changed.' });
  } finally {
    terminal.close();
  }
}
