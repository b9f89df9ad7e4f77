import { OptimizerError, sessionStatuses, type SessionTest } from '@claude-optimizer/protocol';
import { readBounds } from './bounds.js';
import { readMoment, type Moments } from './moment.js';
import type { Phrase, SearchQuery } from './query.js';
import { wordsOf } from './words.js';

/** A piece of a query as it was written. */
type Piece = {
  negated: boolean;
  /** The operator's name; null for words. */
  name: string | null;
  value: string;
  isQuoted: boolean;
  /** Where it begins, for messages. */
  at: number;
  /** Whether it is the last, and nothing follows it: more of the word may be to come. */
  isOpen: boolean;
};

const OPERATORS = [
  ...['project', 'model', 'branch', 'title', 'tool', 'file'],
  ...['status', 'cost', 'tokens', 'after', 'before', 'is'],
] as const;
type Operator = (typeof OPERATORS)[number];
const FIX = 'See “Operators” beside the search box, or docs/search.md.';

/**
 * Reads a search: words, "phrases", `-exclusions` and operators. The last word may be unfinished.
 * Throws `bad_request` with the place of what can't be understood.
 */
export function parseQuery(text: string, moments: Moments): SearchQuery {
  const query = {
    tests: [] as SessionTest[],
    phrases: [] as Phrase[],
    without: [] as Phrase[],
  };
  for (const piece of piecesOf(text)) {
    if (piece.name === null) addPhrase(query, piece, null);
    else addOperator(query, piece, piece.name as Operator, moments);
  }
  return query;
}

const PIECE = /(-?)(?:([a-zA-Z]+):)?(?:"([^"]*)("?)|(\S*))/uy;

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    at += /\s*/u.exec(text.slice(at))?.[0].length ?? 0;
    if (at >= text.length) break;
    PIECE.lastIndex = at;
    const [whole = '', minus, named, quoted, closing, plain] = PIECE.exec(text) ?? [];
    if (whole === '') break;
    if (quoted !== undefined && closing === '') {
      throw wrong(text, at + whole.indexOf('"'), 'the quotation mark is never closed');
    }
    const name = OPERATORS.find((one) => one === named?.toLowerCase()) ?? null;
    // What only looks like an operator (`error: x`, `http://…`) is words.
    const head = name === null && named !== undefined ? `${named}:` : '';
    const value = quoted ?? plain ?? '';
    pieces.push({
      negated: minus === '-',
      name,
      value: head + value,
      isQuoted: quoted !== undefined,
      at,
      isOpen: at + whole.length === text.length && quoted === undefined,
    });
    at += whole.length;
  }
  return pieces;
}

function addPhrase(
  query: { phrases: Phrase[]; without: Phrase[] },
  { negated, value, isOpen }: Piece,
  within: Phrase['within'],
): void {
  const words = wordsOf(value).map(({ folded }) => folded);
  if (words.length === 0) return;
  const mayGoOn = isOpen && (words.at(-1)?.length ?? 0) >= 3;
  const goesOn = value.endsWith('*') || within === 'file' || mayGoOn;
  const phrase = { words, isOpen: goesOn, within };
  (negated ? query.without : query.phrases).push(phrase);
}

function addOperator(
  query: { tests: SessionTest[]; phrases: Phrase[]; without: Phrase[] },
  piece: Piece,
  name: Operator,
  moments: Moments,
): void {
  const { negated, value, at } = piece;
  const fail = (why: string): never => {
    throw wrong(`${name}:${value}`, at, why);
  };
  if (value.trim() === '') fail('a value is missing behind the colon');
  switch (name) {
    case 'project':
    case 'model':
    case 'branch':
    case 'title':
      query.tests.push({ negated, field: name, contains: value });
      break;
    case 'tool':
    case 'file':
      if (wordsOf(value).length === 0) fail('a name has letters or digits');
      addPhrase(query, piece, name);
      break;
    case 'status': {
      const status = sessionStatuses.find((one) => one === value.toLowerCase());
      if (status) query.tests.push({ negated, field: 'status', status });
      else fail(`a status is ${sessionStatuses.join(', ')}`);
      break;
    }
    case 'cost':
    case 'tokens': {
      const bounds = readBounds(name, value);
      if (bounds === null) fail(`it is written as ${name}:>10, ${name}:<=2.5k or ${name}:1..5`);
      else if (negated && bounds.length > 1) fail('a range can’t be excluded');
      else query.tests.push(...bounds.map((bound) => ({ negated, field: name, ...bound })));
      break;
    }
    case 'after':
    case 'before': {
      const moment = readMoment(value, moments);
      if (moment === null) fail(`it is written as ${name}:2026-03-29, ${name}:today or ${name}:7d`);
      else query.tests.push({ negated, field: name, at: moment });
      break;
    }
    case 'is':
      if (value === 'launched') query.tests.push({ negated, field: 'launched' });
      else if (value === 'hand') query.tests.push({ negated: !negated, field: 'launched' });
      else fail('a session is launched or hand (started by hand)');
  }
}

function wrong(piece: string, at: number, why: string): OptimizerError {
  const shown = piece.length > 60 ? `${piece.slice(0, 59)}…` : piece;
  const place = `at character ${String(at + 1)}`;
  return new OptimizerError('bad_request', `The search “${shown}” (${place}): ${why}.`, {
    fix: FIX,
  });
}
