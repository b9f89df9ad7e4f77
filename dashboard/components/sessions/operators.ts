import { sessionStatuses, type SessionFacets } from '@claude-optimizer/protocol';
import { modelName, projectName } from '../../lib/format';

/** What a search may be made of, as the help and the suggestions say it. */
export const OPERATORS: readonly (readonly [example: string, meaning: string])[] = [
  ['auth token', 'both words in one prompt, answer or tool call'],
  ['"auth token"', 'one after the other'],
  ['auth*', 'words that begin so'],
  ['-draft', 'without this word'],
  ['tool:Bash', 'calls of this tool'],
  ['file:auth.ts', 'calls on files of this name'],
  ['project:shop', 'in this project'],
  ['model:opus', 'with this model'],
  ['branch:main', 'on this branch'],
  ['title:import', 'with this in the title'],
  ['status:failed', sessionStatuses.join(', ')],
  ['cost:>1', 'dollars; also <, <=, >=, 0.5..2'],
  ['tokens:>10k', 'tokens; also m and b'],
  ['after:7d', 'since: a day (2026-11-01), today, 12h, 7d, 2w'],
  ['before:2026-11-01', 'begun before'],
  ['is:launched', 'started by a run; is:hand by hand'],
];

export type Suggestion = { insert: string; label: string };
const MOST = 8;

/** What the last piece of a search may become. */
export function suggestionsFor(text: string, facets: SessionFacets | null): Suggestion[] {
  const piece = /(?:^|\s)-?([^\s"]*)$/.exec(text)?.[1] ?? '';
  const [, name, value = ''] = /^([a-z]+):(.*)$/i.exec(piece) ?? [];
  if (name === undefined) return namesFor(piece);
  return valuesFor(name.toLowerCase(), facets)
    .filter(({ insert, label }) => `${insert} ${label}`.toLowerCase().includes(value.toLowerCase()))
    .filter(({ insert }) => insert !== value)
    .slice(0, MOST)
    .map(({ insert, label }) => ({ insert: `${name}:${quoted(insert)} `, label }));
}

/** The search with its last piece replaced. */
export function completed(text: string, { insert }: Suggestion): string {
  return text.replace(/[^\s"-][^\s"]*$/, '') + insert;
}

function namesFor(piece: string): Suggestion[] {
  if (piece === '') return [];
  return OPERATORS.flatMap(([example, meaning]) => {
    const name = /^[a-z]+:/.exec(example)?.[0];
    const fits = name?.startsWith(piece.toLowerCase()) === true;
    return fits ? [{ insert: name, label: meaning }] : [];
  }).slice(0, MOST);
}

function valuesFor(name: string, facets: SessionFacets | null): Suggestion[] {
  switch (name) {
    case 'status':
      return sessionStatuses.map((status) => ({ insert: status, label: '' }));
    case 'is':
      return [
        { insert: 'launched', label: 'by a run' },
        { insert: 'hand', label: 'by hand' },
      ];
    case 'project':
      return (facets?.projects ?? []).map(({ value }) => ({
        insert: projectName(value),
        label: value,
      }));
    case 'model':
      return (facets?.models ?? []).map(({ value }) => ({
        insert: value,
        label: modelName(value),
      }));
    case 'after':
    case 'before':
      return ['today', 'yesterday', '7d', '30d'].map((insert) => ({ insert, label: '' }));
    case 'tool':
      return 'Bash Edit Write Read Grep Task Agent WebFetch'
        .split(' ')
        .map((insert) => ({ insert, label: '' }));
    default:
      return [];
  }
}

function quoted(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value;
}
