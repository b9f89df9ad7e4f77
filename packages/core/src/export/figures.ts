import {
  formatCost,
  groupDigits,
  totalTokens,
  type ExportedHead,
  type TimelineEntry,
  type Usage,
} from '@claude-optimizer/protocol';
import { cacheHitRate, isCounted } from './csv-rows.js';

/** A number of the title page: its name, what it is, and a word about it. */
export type Figure = { name: string; value: string; note: string };

/** What the session is called: its title, its first prompt, or the beginning of its id. */
export function titleOf({ title, firstPrompt, id }: ExportedHead): string {
  return title ?? firstPrompt ?? `Session ${id.slice(0, 8)}`;
}

/** The numbers of one session or of a sum of them. */
export function figuresOf(usage: Usage, unpriced: number, incomplete: number): Figure[] {
  const hit = cacheHitRate(usage);
  return [
    { name: 'Cost', value: formatCost(usage.costMicrodollars), note: costNote(unpriced) },
    {
      name: 'Tokens',
      value: groupDigits(totalTokens(usage)),
      note: counted(usage.messages, 'response'),
    },
    {
      name: 'Output',
      value: groupDigits(usage.outputTokens),
      note:
        incomplete === 0
          ? 'tokens written'
          : `${counted(incomplete, 'response')} never gave ${incomplete === 1 ? 'its' : 'their'} count`,
    },
    {
      name: 'Cache hits',
      value: hit === null ? '—' : `${(hit * 100).toFixed(1)} %`,
      note: 'of what was read',
    },
  ];
}

function costNote(unpriced: number): string {
  return unpriced === 0
    ? 'US dollars'
    : `without ${counted(unpriced, 'response')} of no known price`;
}

/** `1 response`, `2,000 responses`. */
function counted(count: number, what: string): string {
  return `${groupDigits(count)} ${count === 1 ? what : `${what}s`}`;
}

/** The facts of a session, each with its name; what isn't known is left out. */
export function factsOf(head: ExportedHead): [name: string, value: string][] {
  const objectives = head.objectives.filter(isCounted);
  const done = objectives.filter(({ status }) => status === 'completed').length;
  const { counts } = head;
  const facts: [string, string | null][] = [
    ['Session', head.id],
    ['Project', head.project],
    ['Branch', head.branch],
    ['Status', head.status],
    ['Models', head.models.join(', ') || null],
    ['Began', shownTime(head.startedAt)],
    ['Last sign of life', shownTime(head.lastAt)],
    ['Active', shownDuration(head.activeMs)],
    ['Prompts', String(counts.prompts)],
    [
      'Objectives',
      objectives.length === 0
        ? 'none'
        : `${String(done)} of ${String(objectives.length)} completed`,
    ],
    [
      'Tool calls',
      `${String(counts.tools)}, ${String(counts.toolErrors)} failed, ${String(counts.denials)} denied`,
    ],
    ['Subagents', counts.agents === 0 ? null : String(counts.agents)],
    ['Lines', `+${groupDigits(counts.linesAdded)} −${groupDigits(counts.linesRemoved)}`],
    ['Budget', head.budgetMicrodollars === null ? null : formatCost(head.budgetMicrodollars)],
    [
      'Claude Code’s own sum',
      head.clientCostMicrodollars === null ? null : formatCost(head.clientCostMicrodollars),
    ],
    ['Pull request', head.pullRequest],
    ['Claude Code', head.clientVersion],
    ['Last error', head.lastError],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

/** Objectives that count, and a sentence on what else there is to say of them. */
export function shownObjectives({ objectives }: ExportedHead): {
  shown: ExportedHead['objectives'];
  note: string;
} {
  const shown = objectives.filter(isCounted);
  const removed = objectives.length - shown.length;
  if (objectives.length === 0) return { shown, note: 'None were set.' };
  if (removed === 0) return { shown, note: '' };
  return {
    shown,
    note: `${String(removed)} ${removed === 1 ? 'was' : 'were'} taken off the list.`,
  };
}

/** `2026-03-29 09:05` in UTC. */
export function shownTime(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

/** `2 h 5 min`, `12 s`, `350 ms`. */
export function shownDuration(ms: number): string {
  if (ms < 1_000) return `${String(Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min ${String(seconds % 60)} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

const WORDS: Record<TimelineEntry['kind'], string> = {
  prompt: 'Prompt',
  answer: 'Answer',
  tool: 'Tool',
  objective: 'Objective',
  subagent: 'Subagent',
  compaction: 'Compaction',
  interruption: 'Interrupted',
  error: 'Error',
  budget: 'Budget',
  end: 'End',
};

/** What a line of the timeline is, what it says, and how it ended. */
export function entryWords(entry: TimelineEntry): { what: string; text: string; outcome: string } {
  const { kind, tool, text, file, outcome, durationMs, linesAdded, linesRemoved } = entry;
  const facts = [
    outcome === null || outcome === 'ok' ? '' : outcome.replace('_', ' '),
    durationMs === null ? '' : shownDuration(durationMs),
    linesAdded === null && linesRemoved === null
      ? ''
      : `+${String(linesAdded ?? 0)} −${String(linesRemoved ?? 0)}`,
  ];
  return {
    what: kind === 'tool' ? (tool ?? WORDS.tool) : WORDS[kind],
    text: text === '' ? (file ?? '') : text,
    outcome: facts.filter((fact) => fact !== '').join(' · '),
  };
}

/** What was left out, in a sentence; empty when nothing was. */
export function redactionNote(redacted: readonly string[]): string {
  const words: Record<string, string> = {
    paths:
      'names of files, folders, projects and branches, and addresses, are replaced by stand-ins',
    code: 'commands and code are left out',
    prompts: 'prompts, answers, titles and the words of objectives are left out',
  };
  const said = redacted.map((one) => words[one] ?? one);
  return said.length === 0 ? '' : `Made for sharing: ${said.join('; ')}.`;
}
