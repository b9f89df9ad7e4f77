import {
  formatCost,
  totalTokens,
  type ListedSession,
  type SearchHit,
  type SessionList,
} from '@claude-optimizer/protocol';
import { colorsFor, type Colors } from './report/colors.js';
import { drawTable, type Column } from './report/table.js';
import { fit, oneLine } from './report/text-width.js';

const WIDTH = 100;
const NARROWEST = 40;

/** Sessions as a table that fits the terminal; with a search, what was found in each. */
export function listText(list: SessionList, terminal: number | undefined, now: number): string {
  const { sessions, total, search } = list;
  const width = Math.max(terminal ?? WIDTH, NARROWEST);
  const colors = colorsFor(process.stdout.isTTY, process.env);
  const isSearch = search !== undefined;
  const state = search && search.state !== 'idle' ? `${indexing(search)}\n` : '';
  if (sessions.length === 0) {
    return `${isSearch ? 'Nothing is found' : 'There are no such sessions'}.\n${state}`;
  }
  const rest =
    total > sessions.length ? `${count(sessions.length)} of ${count(total)}` : count(total);
  const foot = `${rest} ${total === 1 ? 'session' : 'sessions'}\n${state}`;
  if (isSearch)
    return sessions.map((one) => foundText(one, width, colors, now)).join('\n') + `\n${foot}`;
  const lines = sessions.map((row) => ({ row, kind: 'row' as const }));
  return drawTable(columns(now), lines, { width, compact: false, colors }) + foot;
}

function columns(now: number): Column<ListedSession>[] {
  return [
    { title: 'Session', align: 'left', drop: 0, text: ({ id }) => id.slice(0, 8) },
    { title: 'Status', align: 'left', drop: 1, text: ({ status }) => status },
    {
      title: 'Title',
      align: 'left',
      drop: 0,
      cut: 'end',
      text: (one) => titleOf(one).slice(0, 120),
    },
    {
      title: 'Project',
      align: 'left',
      drop: 4,
      cut: 'start',
      text: ({ project }) => oneLine(project ?? ''),
    },
    {
      title: 'Model',
      align: 'left',
      drop: 5,
      cut: 'end',
      text: ({ model }) => oneLine(model ?? ''),
    },
    { title: 'Tokens', align: 'right', drop: 3, text: ({ usage }) => short(totalTokens(usage)) },
    {
      title: 'Cost',
      align: 'right',
      drop: 0,
      text: ({ usage }) => formatCost(usage.costMicrodollars),
    },
    { title: 'Last sign', align: 'right', drop: 2, text: ({ lastAt }) => ago(lastAt, now) },
  ];
}

function foundText(session: ListedSession, width: number, colors: Colors, now: number): string {
  const { id, hits = [], hitsTotal = 0, usage, lastAt } = session;
  const facts = `${formatCost(usage.costMicrodollars)}, ${ago(lastAt, now)}`;
  const head = `${colors.bold(id.slice(0, 8))}  ${fit(titleOf(session), Math.max(width - 34, 20))}  ${colors.dim(facts)}\n`;
  const more = hitsTotal - hits.length;
  const rest = more > 0 ? colors.dim(`          and ${count(more)} more\n`) : '';
  return head + hits.map((hit) => hitText(hit, width, colors)).join('') + rest;
}

function hitText({ kind, tool, snippet }: SearchHit, width: number, colors: Colors): string {
  const name = (tool === null ? kind : oneLine(tool)).slice(0, 8).padEnd(8);
  if (snippet === null)
    return `  ${colors.dim(name)}${colors.dim('the transcript that says it is gone')}\n`;
  let text = '';
  let at = 0;
  const end = Math.max(width - 11, 20);
  for (const [from, to] of snippet.marks) {
    if (from >= end) break;
    text += snippet.text.slice(at, from) + colors.bold(colors.yellow(snippet.text.slice(from, to)));
    at = to;
  }
  if (at < end) text += snippet.text.slice(at, end);
  return `  ${colors.dim(name)}${text.trimEnd()}\n`;
}

/** One session, a line for each fact. */
export function sessionText(session: ListedSession, now: number): string {
  const { usage, objectives, counts, launch } = session;
  const errors = counts.toolErrors + counts.errors;
  const rows: [string, string | null][] = [
    ['session', session.id],
    ['title', titleOf(session)],
    ['status', session.status + (session.hidden ? ', hidden' : '')],
    ['project', session.project],
    ['branch', session.branch],
    ['models', session.models.join(', ')],
    ['started', moment(session.startedAt)],
    ['last sign', `${moment(session.lastAt)} (${ago(session.lastAt, now)})`],
    ['at work', span(session.activeMs)],
    ['tokens', count(totalTokens(usage))],
    ['cost', formatCost(usage.costMicrodollars)],
    ['objectives', `${count(objectives.completed)} of ${count(objectives.total)}`],
    ['tools', `${count(counts.tools)} calls, ${count(errors)} errors`],
    ['launched', launch === null ? 'by hand' : (launch.phase ?? 'by a run')],
    ['last error', session.lastError],
  ];
  return rows
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name.padEnd(11)} ${oneLine(value ?? '')}\n`)
    .join('');
}

function titleOf({ title, firstPrompt }: ListedSession): string {
  return oneLine(title ?? firstPrompt ?? '(no title)');
}

function indexing({
  state,
  sessionsDone,
  sessionsTotal,
  problem,
}: NonNullable<SessionList['search']>) {
  if (problem !== null) return `Words can’t be indexed: ${problem}`;
  if (state === 'working') {
    return `Words of ${count(sessionsDone)} of ${count(sessionsTotal)} sessions are indexed so far.`;
  }
  return 'Words aren’t indexed yet: they are once claude-optimizer has run.';
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function short(value: number): string {
  if (value < 1_000) return String(value);
  return value < 999_950 ? `${(value / 1e3).toFixed(1)}k` : `${(value / 1e6).toFixed(2)}M`;
}

function moment(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function ago(at: number, now: number): string {
  const age = now - at;
  return age < 60_000 ? 'now' : `${span(age)} ago`;
}

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
] as const;

function span(ms: number): string {
  const [size, unit] = UNITS.find(([one]) => ms >= one) ?? [1_000, 's'];
  return `${String(Math.floor(ms / size))}${unit}`;
}
